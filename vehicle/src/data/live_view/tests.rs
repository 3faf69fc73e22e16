//! The stream put together again by RFC 2435, and looked at by a decoder that knows nothing of it.

use super::*;
use crate::data::people::Area;
use crate::data::picture::Pixels;
use alloc::vec;
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;

/// How rich a picture is.
fn pixels(richness: u32, seed: u32) -> Pixels {
    let mut state = seed.wrapping_mul(2_654_435_761) | 1;
    let mut noise = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        if richness == 0 { 0 } else { state % richness }
    };
    let spot = |at: u32, noise: u32| (40 + at % 97 / 3 + noise).min(255) as u8;
    let rgb = (0..320 * 240 * 3).map(|at| spot(at / 3, noise())).collect();
    Pixels { rgb, width_px: 320, height_px: 240 }
}

fn packets(covered: Option<&Covered>) -> Vec<Vec<u8>> {
    let packets = Stream::new().packets(covered, 18_000);
    packets.into_iter().map(|packet| packet.0).collect()
}

#[test]
fn the_plan_of_packets_does_not_follow_the_picture() {
    for richness in [0, 4, 16, 64, 128, 250] {
        let covered = Covered::of(pixels(richness, 9), &[]);
        let lengths: Vec<_> = packets(Some(&covered)).iter().map(Vec::len).collect();
        assert_eq!(lengths, [12 + 8 + 4 + 128 + 1024, 12 + 8 + 1024, 12 + 8 + 1024, 12 + 8 + 1024]);
    }
    let wrong = Covered::blank(64, 48);
    assert_eq!(packets(Some(&wrong)).len(), 4, "what does not fit is grey");
    assert_eq!(packets(Some(&wrong)), packets(None));
}

#[test]
fn a_frame_put_together_again_is_the_picture() {
    for richness in [0, 4, 16, 64, 250] {
        let covered = Covered::of(pixels(richness, 3), &[]);
        let decoded = decode(&assemble(&packets(Some(&covered))));
        let Pixels { rgb, .. } = pixels(richness, 3).smaller(2);
        let off = decoded.iter().zip(&rgb).map(|(a, b)| u64::from(a.abs_diff(*b))).sum::<u64>();
        // Rich pictures are encoded coarsely; noise does not survive that, what is under it does.
        let mean_off = off / rgb.len() as u64;
        assert!(mean_off <= 6 + u64::from(richness) / 4, "{richness}: {mean_off}");
    }
    assert!(decode(&assemble(&packets(None))).iter().all(|value| value.abs_diff(96) <= 2));
}

#[test]
fn what_is_covered_does_not_show_in_any_packet() {
    let area = Area { left_px: 100.2, top_px: 60.5, right_px: 131.0, bottom_px: 92.3 };
    let with = |face: u8| {
        let mut pixels = pixels(16, 5);
        for y in 61..92 {
            for x in 101..131 {
                pixels.rgb[3 * (y * 320 + x)] = face.wrapping_mul((x * y) as u8);
            }
        }
        packets(Some(&Covered::of(pixels, &[area])))
    };
    assert_eq!(with(1), with(201));
}

#[test]
fn packets_are_counted_on_and_on() {
    let mut stream = Stream { sequence: 65_534 };
    let numbers: Vec<_> = stream.packets(None, 7).iter().map(|p| (p.0[2], p.0[3])).collect();
    assert_eq!(numbers, [(255, 254), (255, 255), (0, 0), (0, 1)]);
}

/// Puts a JPEG together from the packets of a frame, as RFC 2435 has it in its appendices.
fn assemble(packets: &[Vec<u8>]) -> Vec<u8> {
    let (mut scan, mut tables) = (Vec::<u8>::new(), Vec::<u8>::new());
    for (place, packet) in packets.iter().enumerate() {
        let marker = if place + 1 == packets.len() { 0x80 } else { 0 };
        assert_eq!(packet[..2], [0x80, marker | 26]);
        assert_eq!(packet[4..12], *b"\0\0\x46\x50HUSH");
        let offset = u32::from_be_bytes([0, packet[13], packet[14], packet[15]]) as usize;
        assert_eq!((offset, packet[12]), (scan.len(), 0));
        assert_eq!(packet[16..20], [1, 255, 20, 15]);
        let mut payload = &packet[20..];
        if offset == 0 {
            assert_eq!(payload[..4], [0, 0, 0, 128]);
            tables = payload[4..132].to_vec();
            payload = &payload[132..];
        }
        scan.extend(payload);
    }
    let mut jpeg = vec![0xFF, 0xD8];
    for (number, table) in tables.chunks(64).enumerate() {
        jpeg.extend([0xFF, 0xDB, 0, 67, number as u8]);
        jpeg.extend(table);
    }
    jpeg.extend([0xFF, 0xC0, 0, 17, 8, 0, 120, 0, 160, 3]);
    jpeg.extend([0, 0x22, 0, 1, 0x11, 1, 2, 0x11, 1]);
    for (class, lengths, values) in [
        (0x00, LUMA_DC, &DC_VALUES[..]),
        (0x10, LUMA_AC, &LUMA_AC_VALUES[..]),
        (0x01, CHROMA_DC, &DC_VALUES[..]),
        (0x11, CHROMA_AC, &CHROMA_AC_VALUES[..]),
    ] {
        jpeg.extend([0xFF, 0xC4, 0, (19 + values.len()) as u8, class]);
        jpeg.extend(lengths);
        jpeg.extend(values);
    }
    jpeg.extend([0xFF, 0xDA, 0, 12, 3, 0, 0, 1, 0x11, 2, 0x11, 0, 63, 0]);
    jpeg.extend(scan);
    jpeg
}

fn decode(jpeg: &[u8]) -> Vec<u8> {
    let mut decoder = JpegDecoder::new(ZCursor::new(jpeg));
    let rgb = decoder.decode().expect("a JPEG");
    assert_eq!(decoder.dimensions(), Some((160, 120)));
    rgb
}

// The tables of RFC 2435, appendix B, which are those of the JPEG standard, annex K.
const LUMA_DC: [u8; 16] = [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0];
const CHROMA_DC: [u8; 16] = [0, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0];
const DC_VALUES: [u8; 12] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
const LUMA_AC: [u8; 16] = [0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 0x7D];
const CHROMA_AC: [u8; 16] = [0, 2, 1, 2, 4, 4, 3, 4, 7, 5, 4, 4, 0, 1, 2, 0x77];
const LUMA_AC_VALUES: [u8; 162] = [
    0x01, 0x02, 0x03, 0x00, 0x04, 0x11, 0x05, 0x12, 0x21, 0x31, 0x41, 0x06, 0x13, 0x51, 0x61, 0x07,
    0x22, 0x71, 0x14, 0x32, 0x81, 0x91, 0xA1, 0x08, 0x23, 0x42, 0xB1, 0xC1, 0x15, 0x52, 0xD1, 0xF0,
    0x24, 0x33, 0x62, 0x72, 0x82, 0x09, 0x0A, 0x16, 0x17, 0x18, 0x19, 0x1A, 0x25, 0x26, 0x27, 0x28,
    0x29, 0x2A, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3A, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48, 0x49,
    0x4A, 0x53, 0x54, 0x55, 0x56, 0x57, 0x58, 0x59, 0x5A, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69,
    0x6A, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78, 0x79, 0x7A, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89,
    0x8A, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9A, 0xA2, 0xA3, 0xA4, 0xA5, 0xA6, 0xA7,
    0xA8, 0xA9, 0xAA, 0xB2, 0xB3, 0xB4, 0xB5, 0xB6, 0xB7, 0xB8, 0xB9, 0xBA, 0xC2, 0xC3, 0xC4, 0xC5,
    0xC6, 0xC7, 0xC8, 0xC9, 0xCA, 0xD2, 0xD3, 0xD4, 0xD5, 0xD6, 0xD7, 0xD8, 0xD9, 0xDA, 0xE1, 0xE2,
    0xE3, 0xE4, 0xE5, 0xE6, 0xE7, 0xE8, 0xE9, 0xEA, 0xF1, 0xF2, 0xF3, 0xF4, 0xF5, 0xF6, 0xF7, 0xF8,
    0xF9, 0xFA,
];
const CHROMA_AC_VALUES: [u8; 162] = [
    0x00, 0x01, 0x02, 0x03, 0x11, 0x04, 0x05, 0x21, 0x31, 0x06, 0x12, 0x41, 0x51, 0x07, 0x61, 0x71,
    0x13, 0x22, 0x32, 0x81, 0x08, 0x14, 0x42, 0x91, 0xA1, 0xB1, 0xC1, 0x09, 0x23, 0x33, 0x52, 0xF0,
    0x15, 0x62, 0x72, 0xD1, 0x0A, 0x16, 0x24, 0x34, 0xE1, 0x25, 0xF1, 0x17, 0x18, 0x19, 0x1A, 0x26,
    0x27, 0x28, 0x29, 0x2A, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3A, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48,
    0x49, 0x4A, 0x53, 0x54, 0x55, 0x56, 0x57, 0x58, 0x59, 0x5A, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68,
    0x69, 0x6A, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78, 0x79, 0x7A, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87,
    0x88, 0x89, 0x8A, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9A, 0xA2, 0xA3, 0xA4, 0xA5,
    0xA6, 0xA7, 0xA8, 0xA9, 0xAA, 0xB2, 0xB3, 0xB4, 0xB5, 0xB6, 0xB7, 0xB8, 0xB9, 0xBA, 0xC2, 0xC3,
    0xC4, 0xC5, 0xC6, 0xC7, 0xC8, 0xC9, 0xCA, 0xD2, 0xD3, 0xD4, 0xD5, 0xD6, 0xD7, 0xD8, 0xD9, 0xDA,
    0xE2, 0xE3, 0xE4, 0xE5, 0xE6, 0xE7, 0xE8, 0xE9, 0xEA, 0xF2, 0xF3, 0xF4, 0xF5, 0xF6, 0xF7, 0xF8,
    0xF9, 0xFA,
];
