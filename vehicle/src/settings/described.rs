//! What every parameter is for, in words and choices, for stations that show it to people.
//!
//! **Never:** says what a parameter is set to; holds a character that JSON would have to escape.

use super::Setting;
use super::catalogue::Parameter;
use super::knobs::Knob;

/// A number that stands for something, and what.
pub(crate) type Choice = (i32, &'static str);

const OFF_OR_ON: &[Choice] = &[(0, "Off"), (1, "On")];
const SILENCE: &[Choice] = &[(0, "Fly on"), (1, "Hold"), (2, "Return"), (3, "Land")];
const FENCE: &[Choice] = &[(0, "No fence"), (1, "Warn"), (2, "Hold"), (3, "Return"), (5, "Land")];

impl Parameter {
    /// Among what it is shown.
    pub(crate) fn group(self) -> &'static str {
        match self {
            Self::Switch(_) => "Privacy",
            Self::Knob(_) => "Flight",
            Self::Figure(_) => "Read only",
        }
    }

    /// What it is for; none where its name says all that is documented.
    pub(crate) fn about(self) -> Option<&'static str> {
        match self {
            Self::Switch(setting) => Some(switch(setting)),
            Self::Knob(knob) => Some(knob_is(knob)),
            Self::Figure(_) => None,
        }
    }

    /// What its numbers stand for, where it is a choice.
    pub(crate) fn choices(self) -> &'static [Choice] {
        match self {
            Self::Switch(_) => OFF_OR_ON,
            Self::Knob(Knob::Silence) => SILENCE,
            Self::Knob(Knob::FenceAction) => FENCE,
            Self::Knob(_) | Self::Figure(_) => &[],
        }
    }
}

fn switch(setting: Setting) -> &'static str {
    match setting {
        Setting::PrivLocal => "Local data mode: nothing goes to the maker",
        Setting::UpLogs => "Granted logs may go to the maker",
        Setting::UpMedia => "Granted pictures and films may go to the maker",
        Setting::UpDiag => "Reports of its health and its 10 km cell go to the maker",
        Setting::UpNofly => "No-fly zones of its 10 km cell are asked of the maker",
        Setting::UpUpdate => "Newer firmware is asked for after power-on",
        Setting::RadLogs => "Granted logs may go to the pilot",
        Setting::RadMedia => "Granted scrubbed pictures may go to the pilot",
        Setting::VidEnable => "The pilot may switch the live view on",
        Setting::CamGeotag => "Stills on the card say where",
        Setting::CamSerial => "Stills on the card say by which vehicle",
        Setting::RidEnable => "Broadcast identification",
        Setting::RadTelem => "Attitude and position for the pilot",
    }
}

fn knob_is(knob: Knob) -> &'static str {
    match knob {
        Knob::TakeOff => "Height of a take-off for which none is given",
        Knob::ReturnHeight => "Least height of the way home",
        Knob::Cruise => "Usual speed across",
        Knob::SpeedMax => "Most speed across",
        Knob::Climb => "Most speed up",
        Knob::Descent => "Most speed down",
        Knob::ByHand => "Speed across at the end of the stick",
        Knob::TouchDown => "Speed down at the ground",
        Knob::Reached => "A place that is passed is reached within this",
        Knob::Silence => "What it does when the ground station is lost",
        Knob::LinkLost => "A ground station that is silent for so long is lost",
        Knob::ChargeLow => "Charge at which it comes home",
        Knob::ChargeCritical => "Charge at which it comes down",
        Knob::ChargeToArm => "Charge below which it does not start",
        Knob::FixToArm => "Error of a fix above which it does not start",
        Knob::FenceAction => "What it does when it leaves the fence",
        Knob::FenceAround => "Fence around home, 0 for none",
        Knob::FenceHeight => "Fence above home, 0 for none",
    }
}
