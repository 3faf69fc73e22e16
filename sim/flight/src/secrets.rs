//! What each seat hides, and how a twin's choice changes it.
//!
//! Audio: the waveform behind every utterance. Face: who each person is. Imagery: a sheet of coloured cells on
//! the ground. FlightLog: cell voltages (their sum stays), controller temperatures and way-point labels.
//! Device, Key and Surroundings: serial, Wi-Fi key and the stations in reach, always of the same length and number.
//! Account: the e-mail and phone that the ground station may tell. Position: where on Earth the whole world lies.
//!
//! **Never:** changes where in the world or when anything is, or how long it lasts: twins swap who, never what happens.

#[cfg(test)]
mod tests;

use crate::chance::{Seed, Stream};
use crate::voice::{self, Clip, Library};
use crate::whereabouts::Whereabouts;
use crate::zones::Zones;
use evidence::scenario::{Account, Act, Item, Scenario};
use evidence::{Choice, Class, Twin};
use vehicle::senses::{CELLS_MAX, ROTORS_MAX};
use x25519_dalek::{PublicKey, StaticSecret};

/// Letters of the Wi-Fi key.
const WIFI_KEY: usize = 16;

/// Letters of the longest e-mail and phone that a twin has.
const ACCOUNT_MAX: usize = 40;

/// Cells along each side of the sheet.
pub const SHEET_CELLS: usize = 8;

/// Who somebody is, for the painter of faces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    /// A person: all features follow from the number.
    Someone(u64),
    /// A head without a face.
    Blank,
    /// Saturated colours that no face has.
    Loud,
}

/// The colours of the sheet, row by row from its north-west corner.
pub type Sheet = [[u8; 3]; SHEET_CELLS * SHEET_CELLS];

/// All that one seat hides.
#[derive(Clone, Debug, PartialEq)]
pub struct Secrets {
    /// 20 printable ASCII characters.
    pub serial: String,
    /// Password of the vehicle's own access point.
    pub wifi_key: String,
    /// Wi-Fi stations in reach.
    pub neighbours: Vec<[u8; 6]>,
    /// What each utterance sounds like, in the order of the beats.
    pub voices: Vec<Clip>,
    /// Who each person is, in the order of the cast.
    pub faces: Vec<Face>,
    /// What lies on the ground north of the start.
    pub sheet: Sheet,
    /// Names of the mission's way-points.
    pub labels: Vec<String>,
    /// What each cell has more or less than its share of the pack; sums to 0.
    pub cell_offsets_mv: [i16; CELLS_MAX],
    /// What each speed controller is warmer than the rest.
    pub esc_offsets_cdegc: [i16; ROTORS_MAX],
    /// E-mail and phone of the pilot, where the story has them.
    pub account: Option<Account>,
    /// Where on Earth the world lies.
    pub whereabouts: Whereabouts,
}

impl Secrets {
    /// Seat 0's secrets. Voices that the scenario does not name are not looked up.
    #[must_use]
    pub fn of(scenario: &Scenario, library: &Library, cells: usize, seed: &Seed) -> Self {
        let mut device = seed.fork("device").stream();
        let mut faces = seed.fork("faces").stream();
        let mut power = seed.fork("power secrets").stream();
        let mut voices = Vec::new();
        for beat in &scenario.beats {
            if let Act::Speaks { voice, .. } = &beat.does {
                voices.push(library.get(voice).cloned().unwrap_or_else(|| Clip::from([])));
            }
        }
        Self {
            serial: serial(&mut device),
            wifi_key: text(WIFI_KEY, &mut device),
            neighbours: (0..4).map(|_| hardware_address(&mut device)).collect(),
            voices,
            faces: scenario.cast.iter().map(|_| Face::Someone(faces.bits())).collect(),
            sheet: drawn_sheet(&mut seed.fork("sheet").stream()),
            labels: scenario.mission.iter().filter_map(Item::label).map(str::to_owned).collect(),
            cell_offsets_mv: drawn_cells(cells, &mut power),
            esc_offsets_cdegc: drawn_temperatures(&mut power),
            account: scenario.account.clone(),
            whereabouts: Whereabouts::of(scenario),
        }
    }

    /// These secrets with the twin's classes swapped. Classes that are the same in every seat stay.
    #[must_use]
    pub fn swapped(
        &self,
        twin: &Twin,
        library: &Library,
        zones: &Zones,
        cells: usize,
        seed: &Seed,
    ) -> Self {
        let mut other = self.clone();
        for class in &twin.swaps {
            let number = if let Choice::Random(n) = twin.choice { n } else { 0 };
            let mut stream = seed.fork(&format!("twin {class} {number}")).stream();
            match class {
                Class::Audio => {
                    other.voices = other_voices(self, twin.choice, library, &mut stream)
                }
                Class::Face => {
                    other.faces.iter_mut().for_each(|f| *f = other_face(twin.choice, &mut stream));
                }
                Class::Imagery => other.sheet = other_sheet(twin.choice, &mut stream),
                Class::FlightLog => other.swap_log(twin.choice, cells, &mut stream),
                Class::Device => other.serial = serial(&mut stream),
                Class::Key => other.wifi_key = text(WIFI_KEY, &mut stream),
                Class::Surroundings => {
                    let count = other.neighbours.len();
                    other.neighbours = (0..count).map(|_| hardware_address(&mut stream)).collect();
                }
                Class::Position => {
                    other.whereabouts = self.whereabouts.moved(twin.choice, zones, &mut stream);
                }
                Class::Account => {
                    if let Some(account) = &mut other.account {
                        swap_account(account, twin.choice, &mut stream);
                    }
                }
                Class::Public => {}
            }
        }
        other
    }

    fn swap_log(&mut self, choice: Choice, cells: usize, stream: &mut Stream) {
        for label in &mut self.labels {
            *label = text(
                match choice {
                    Choice::Nothing => 1,
                    Choice::Loudest => 16,
                    Choice::Random(_) | Choice::Ultrasonic => label.len(),
                },
                stream,
            );
        }
        (self.cell_offsets_mv, self.esc_offsets_cdegc) = match choice {
            Choice::Nothing => ([0; CELLS_MAX], [0; ROTORS_MAX]),
            Choice::Loudest => (widest_cells(cells), [4_000; ROTORS_MAX]),
            Choice::Random(_) | Choice::Ultrasonic => {
                (drawn_cells(cells, stream), drawn_temperatures(stream))
            }
        };
    }
}

/// The owner's X25519 secret of a flight: whoever has the seed can open its logs.
#[must_use]
pub fn owner_secret(seed: u64) -> [u8; 32] {
    Seed::master(seed).fork("owner").bytes()
}

/// What the vehicle knows of it.
#[must_use]
pub fn owner_public_key(seed: u64) -> [u8; 32] {
    PublicKey::from(&StaticSecret::from(owner_secret(seed))).to_bytes()
}

fn other_voices(
    own: &Secrets,
    choice: Choice,
    library: &Library,
    stream: &mut Stream,
) -> Vec<Clip> {
    own.voices
        .iter()
        .map(|clip| {
            let start = stream.below(clip.len().max(1));
            let other = another(clip, library, stream);
            match choice {
                Choice::Nothing => vec![0.0; clip.len()].into(),
                // Ten decibels more.
                Choice::Loudest => {
                    voice::scaled(&voice::in_place_of(clip.len(), &other, start), 3.162_277_7)
                }
                Choice::Random(_) => {
                    voice::filtered(&voice::in_place_of(clip.len(), &other, start), stream)
                }
                Choice::Ultrasonic => voice::tone(clip.len()),
            }
        })
        .collect()
}

/// Another voice of the library; the same one where there is no other.
fn another(clip: &Clip, library: &Library, stream: &mut Stream) -> Clip {
    let others: Vec<&Clip> = library.values().filter(|c| *c != clip && !c.is_empty()).collect();
    match others.len() {
        0 => clip.clone(),
        count => others[stream.below(count)].clone(),
    }
}

fn swap_account(account: &mut Account, choice: Choice, stream: &mut Stream) {
    for word in [&mut account.email, &mut account.phone] {
        let length = match choice {
            Choice::Nothing => 0,
            Choice::Loudest => ACCOUNT_MAX,
            Choice::Random(_) | Choice::Ultrasonic => word.len(),
        };
        *word = text(length, stream);
    }
}

fn other_face(choice: Choice, stream: &mut Stream) -> Face {
    match choice {
        Choice::Nothing => Face::Blank,
        Choice::Loudest => Face::Loud,
        Choice::Random(_) | Choice::Ultrasonic => Face::Someone(stream.bits()),
    }
}

fn other_sheet(choice: Choice, stream: &mut Stream) -> Sheet {
    match choice {
        Choice::Nothing => [[200; 3]; SHEET_CELLS * SHEET_CELLS],
        Choice::Loudest => std::array::from_fn(|i| {
            let odd = (i + i / SHEET_CELLS) % 2 == 1;
            if odd { [255, 0, 255] } else { [0, 255, 0] }
        }),
        Choice::Random(_) | Choice::Ultrasonic => drawn_sheet(stream),
    }
}

fn drawn_sheet(stream: &mut Stream) -> Sheet {
    std::array::from_fn(|_| {
        let [red, green, blue, ..] = stream.bits().to_le_bytes();
        [red, green, blue]
    })
}

fn drawn_cells(cells: usize, stream: &mut Stream) -> [i16; CELLS_MAX] {
    let mut offsets = [0_i16; CELLS_MAX];
    for offset in &mut offsets[..cells] {
        *offset = stream.below(25) as i16 - 12;
    }
    // The pack's voltage goes to the pilot, so what one cell has more, the first has less.
    offsets[0] -= offsets.iter().sum::<i16>();
    offsets
}

fn widest_cells(cells: usize) -> [i16; CELLS_MAX] {
    let mut offsets = [0; CELLS_MAX];
    for pair in offsets[..cells].chunks_exact_mut(2) {
        pair.copy_from_slice(&[150, -150]);
    }
    offsets
}

fn drawn_temperatures(stream: &mut Stream) -> [i16; ROTORS_MAX] {
    std::array::from_fn(|_| stream.below(600) as i16)
}

fn serial(stream: &mut Stream) -> String {
    format!("HWX{}", text(17, stream))
}

fn hardware_address(stream: &mut Stream) -> [u8; 6] {
    let mut address = [0; 6];
    stream.fill(&mut address);
    address[0] &= 0xFC; // one station, of a registered maker
    address
}

fn text(length: usize, stream: &mut Stream) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    (0..length).map(|_| char::from(LETTERS[stream.below(LETTERS.len())])).collect()
}

#[cfg(test)]
impl Secrets {
    /// Nothing to hide, for tests of one room.
    pub fn none() -> Self {
        let text = r#"(title: "t", place: (lat_deg: 52.0, lon_deg: 13.0, alt_m: 0.0), seed: 1,
            length_s: 1.0, beats: [], expects: {})"#;
        let scenario: Scenario = ron::from_str(text).expect("the story is right");
        let seed = Seed::master(1);
        Self { neighbours: vec![], ..Self::of(&scenario, &Library::new(), 4, &seed) }
    }
}
