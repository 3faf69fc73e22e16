//! The seats that do not fly take some ticks at once, and are compared in each of them.

use super::{PEOPLE, plan, ride, story, twin};
use evidence::{Choice, Class, DifferenceKind, Link, Tick};
use flight::firmware::{Senses, Thrust};
use flight::{Firmware, Spoken};

/// Turns its rotors evenly, but for the last bit of one of them in one tick.
struct Flipper(Option<u64>);

impl Firmware for Flipper {
    fn step(&mut self, now: Tick, _: &Senses<'_>) -> Spoken {
        let mut thrust = Thrust::default();
        let bit = u64::from(self.0 == Some(now.0));
        thrust.rotor_radps[2] = f64::from_bits(250.0_f64.to_bits() ^ bit);
        Spoken { thrust, emissions: vec![] }
    }
}

#[test]
fn one_bit_of_thrust_is_found_at_its_tick() {
    // The other seats take 25 ticks at once; the last turn of this flight has three.
    let story = story(2.006, PEOPLE);
    for at in [0, 24, 25, 321, 999, 1_000, 1_002] {
        let twin = twin(&[Class::FlightLog], Choice::Random(2));
        let evidence = ride(&story, &plan(vec![twin]), &|p| {
            let is_twin = p.mission[0].label() != Some("behind the mill");
            Box::new(Flipper(is_twin.then_some(at)))
        });
        let found = &evidence.twins[0].differences[..];
        let [difference] = found else { panic!("at {at}: {found:?}") };
        assert_eq!((difference.link, difference.tick), (Link::Motion, Tick(at)));
        assert_eq!(difference.kind, DifferenceKind::Content);
        assert_eq!(difference.seat0.as_ref().map(Vec::len), Some(32));
        assert_eq!(evidence.flight.transcript.on(Link::Motion).count(), 2);
    }
}
