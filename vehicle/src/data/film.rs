//! Films as Matroska: motion JPEG, and a sound track if the external microphone records.
//!
//! The segment's size is left open, so that an append-only card never needs a header patched. Each second is
//! one cluster, and each cluster one write.
//!
//! **Never:** puts sound into a copy that may be shared; lets anything but time decide when a cluster ends.

use alloc::vec::Vec;

/// Size left open, in eight bytes.
const OPEN: [u8; 8] = [0x01, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF];
const PICTURES: u8 = 1;
const SOUNDS: u8 = 2;
const KEY_FRAME: u8 = 0x80;
const FRAME_NS: u64 = 200_000_000;
const SOUND_HZ: u64 = 16_000;

/// Elements, by the names that the standard gives them.
mod id {
    pub const EBML: u32 = 0x1A45_DFA3;
    pub const EBML_VERSION: u32 = 0x4286;
    pub const EBML_READ_VERSION: u32 = 0x42F7;
    pub const EBML_MAX_ID_LENGTH: u32 = 0x42F2;
    pub const EBML_MAX_SIZE_LENGTH: u32 = 0x42F3;
    pub const DOC_TYPE: u32 = 0x4282;
    pub const DOC_TYPE_VERSION: u32 = 0x4287;
    pub const DOC_TYPE_READ_VERSION: u32 = 0x4285;
    pub const SEGMENT: u32 = 0x1853_8067;
    pub const INFO: u32 = 0x1549_A966;
    pub const TIMESTAMP_SCALE: u32 = 0x002A_D7B1;
    pub const MUXING_APP: u32 = 0x4D80;
    pub const WRITING_APP: u32 = 0x5741;
    pub const TRACKS: u32 = 0x1654_AE6B;
    pub const TRACK_ENTRY: u32 = 0xAE;
    pub const TRACK_NUMBER: u32 = 0xD7;
    pub const TRACK_UID: u32 = 0x73C5;
    pub const TRACK_TYPE: u32 = 0x83;
    pub const FLAG_LACING: u32 = 0x9C;
    pub const DEFAULT_DURATION: u32 = 0x0023_E383;
    pub const CODEC_ID: u32 = 0x86;
    pub const VIDEO: u32 = 0xE0;
    pub const PIXEL_WIDTH: u32 = 0xB0;
    pub const PIXEL_HEIGHT: u32 = 0xBA;
    pub const AUDIO: u32 = 0xE1;
    pub const SAMPLING_FREQUENCY: u32 = 0xB5;
    pub const CHANNELS: u32 = 0x9F;
    pub const BIT_DEPTH: u32 = 0x6264;
    pub const CLUSTER: u32 = 0x1F43_B675;
    pub const TIMESTAMP: u32 = 0xE7;
    pub const SIMPLE_BLOCK: u32 = 0xA3;
}

/// A cluster that is being filled.
pub(super) struct Cluster {
    from_ms: u64,
    blocks: Vec<u8>,
    samples: usize,
}

/// What stands before the first cluster.
pub(super) fn head(width_px: u16, height_px: u16, has_sound: bool) -> Vec<u8> {
    let ebml = [
        number(id::EBML_VERSION, 1),
        number(id::EBML_READ_VERSION, 1),
        number(id::EBML_MAX_ID_LENGTH, 4),
        number(id::EBML_MAX_SIZE_LENGTH, 8),
        element(id::DOC_TYPE, b"matroska"),
        number(id::DOC_TYPE_VERSION, 4),
        number(id::DOC_TYPE_READ_VERSION, 2),
    ];
    let info = [
        number(id::TIMESTAMP_SCALE, 1_000_000),
        element(id::MUXING_APP, b"Hushwing"),
        element(id::WRITING_APP, b"Hushwing"),
    ];
    let sizes = [
        number(id::PIXEL_WIDTH, u64::from(width_px)),
        number(id::PIXEL_HEIGHT, u64::from(height_px)),
    ];
    let pictures = [
        track(PICTURES, 1, b"V_MJPEG"),
        number(id::DEFAULT_DURATION, FRAME_NS),
        element(id::VIDEO, &sizes.concat()),
    ];
    let mut tracks = element(id::TRACK_ENTRY, &pictures.concat());
    if has_sound {
        let sound = [
            element(id::SAMPLING_FREQUENCY, &(SOUND_HZ as f64).to_be_bytes()),
            number(id::CHANNELS, 1),
            number(id::BIT_DEPTH, 16),
        ];
        let sounds = [track(SOUNDS, 2, b"A_PCM/INT/LIT"), element(id::AUDIO, &sound.concat())];
        tracks.extend(element(id::TRACK_ENTRY, &sounds.concat()));
    }
    let segment = [&trimmed(id::SEGMENT)[..], &OPEN].concat();
    let (info, tracks) = (element(id::INFO, &info.concat()), element(id::TRACKS, &tracks));
    [element(id::EBML, &ebml.concat()), segment, info, tracks].concat()
}

impl Cluster {
    /// An empty cluster from a time of the film on.
    pub(super) fn from(from_ms: u64) -> Self {
        Self { from_ms, blocks: Vec::new(), samples: 0 }
    }

    /// Adds a frame, a JPEG.
    pub(super) fn picture(&mut self, at_ms: u64, jpeg: &[u8]) {
        self.block(PICTURES, at_ms, jpeg);
    }

    /// Adds sound, right behind the sound that is in it.
    pub(super) fn sound(&mut self, samples: &[i16]) {
        let bytes: Vec<u8> = samples.iter().flat_map(|sample| sample.to_le_bytes()).collect();
        let at_ms = self.from_ms + self.samples as u64 * 1_000 / SOUND_HZ;
        self.block(SOUNDS, at_ms, &bytes);
        self.samples += samples.len();
    }

    /// The cluster as it goes into the file; nothing if nothing is in it.
    pub(super) fn close(self) -> Option<Vec<u8>> {
        let is_empty = self.blocks.is_empty();
        let contents = [number(id::TIMESTAMP, self.from_ms), self.blocks].concat();
        (!is_empty).then(|| element(id::CLUSTER, &contents))
    }

    fn block(&mut self, track: u8, at_ms: u64, bytes: &[u8]) {
        let after_ms = at_ms.saturating_sub(self.from_ms) as i16;
        let [high, low] = after_ms.to_be_bytes();
        let head = [0x80 | track, high, low, KEY_FRAME];
        self.blocks.extend(trimmed(id::SIMPLE_BLOCK));
        self.blocks.extend(length(head.len() + bytes.len()));
        self.blocks.extend(head);
        self.blocks.extend(bytes);
    }
}

fn track(place: u8, kind: u64, codec: &[u8]) -> Vec<u8> {
    let place = u64::from(place);
    [
        number(id::TRACK_NUMBER, place),
        number(id::TRACK_UID, place),
        number(id::TRACK_TYPE, kind),
        number(id::FLAG_LACING, 0),
        element(id::CODEC_ID, codec),
    ]
    .concat()
}

fn number(id: u32, value: u64) -> Vec<u8> {
    let bytes = value.to_be_bytes();
    let zeros = bytes.iter().take(7).take_while(|byte| **byte == 0).count();
    element(id, &bytes[zeros..])
}

fn element(id: u32, contents: &[u8]) -> Vec<u8> {
    [&trimmed(id)[..], &length(contents.len()), contents].concat()
}

/// An identifier: its own leading bits tell how long it is.
fn trimmed(id: u32) -> Vec<u8> {
    id.to_be_bytes().into_iter().skip_while(|byte| *byte == 0).collect()
}

/// A size in four bytes, or in eight where that is not enough.
fn length(bytes: usize) -> Vec<u8> {
    match u32::try_from(bytes) {
        Ok(short) if short < 0x0FFF_FFFF => (short | 0x1000_0000).to_be_bytes().to_vec(),
        _ => (bytes as u64 | 1 << 56).to_be_bytes().to_vec(),
    }
}
