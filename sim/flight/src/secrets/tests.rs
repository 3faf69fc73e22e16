//! A swap changes what it names, and nothing else.

use super::*;

fn own() -> Secrets {
    Secrets {
        voices: vec![vec![1.0; 640].into()],
        faces: vec![Face::Someone(1), Face::Someone(2)],
        labels: vec!["church yard".into()],
        account: Some(Account { email: "a@b.example".into(), phone: "+49 30 1".into() }),
        ..Secrets::none()
    }
}

fn twin(class: Class, choice: Choice) -> Twin {
    Twin { swaps: vec![class], choice, judged: vec![], judged_before: vec![], carriers: vec![] }
}

#[test]
fn a_swap_changes_its_class_alone_and_no_length() {
    use Choice::{Loudest, Nothing, Random, Ultrasonic};
    const SWAPPED: [Class; 9] = [
        Class::Audio,
        Class::Face,
        Class::Imagery,
        Class::FlightLog,
        Class::Position,
        Class::Device,
        Class::Account,
        Class::Surroundings,
        Class::Key,
    ];
    let seed = Seed::master(5);
    let own = Secrets { neighbours: vec![[1; 6]], ..own() };
    for choice in [Nothing, Loudest, Random(3), Ultrasonic] {
        for class in SWAPPED {
            let mut other =
                own.swapped(&twin(class, choice), &Library::new(), &Zones::default(), 4, &seed);
            assert_ne!(other, own, "{class} {choice:?}");
            assert_eq!(other.voices[0].len(), 640);
            assert_eq!(other.cell_offsets_mv.iter().sum::<i16>(), 0);
            let same = own.clone();
            match class {
                Class::Audio => other.voices = same.voices,
                Class::Face => other.faces = same.faces,
                Class::Imagery => other.sheet = same.sheet,
                Class::FlightLog => {
                    other.labels = same.labels;
                    other.cell_offsets_mv = same.cell_offsets_mv;
                    other.esc_offsets_cdegc = same.esc_offsets_cdegc;
                }
                Class::Position => other.whereabouts = same.whereabouts,
                Class::Device => other.serial = same.serial,
                Class::Account => other.account = same.account,
                Class::Surroundings => other.neighbours = same.neighbours,
                Class::Key => other.wifi_key = same.wifi_key,
                Class::Public => {}
            }
            assert_eq!(other, own, "{class} {choice:?}");
        }
    }
}

#[test]
fn random_labels_have_the_same_length_and_chosen_ones_the_shortest_and_longest() {
    for (choice, length) in [(Choice::Nothing, 1), (Choice::Loudest, 16), (Choice::Random(9), 11)] {
        let twin = twin(Class::FlightLog, choice);
        let other = own().swapped(&twin, &Library::new(), &Zones::default(), 4, &Seed::master(5));
        assert_eq!(other.labels[0].len(), length);
    }
}
