//! The only door out of the vehicle.
//!
//! Judges each parcel against the law and the consent ledger at a moment in time.
//!
//! **Never:** remembers anything; reads a clock; opens a payload; has a default answer.

mod parcel;

pub use crate::data::camera::Still;
pub use crate::data::logbook::SealedLog;
pub use crate::data::recorder::Sound;
pub use crate::data::scrub::Scrubbed;
pub use crate::data::transfer::HttpHead;
pub use crate::radio::frame::Message;
pub(crate) use parcel::Body;
pub use parcel::Parcel;

use crate::consent::{Ledger, Scope};
use crate::senses::{LawName, Tick};
use crate::words::{Class, Link, Recipient};

/// What it takes to open a label. Only the gate can make one.
pub(crate) struct Door(());

/// What the law says of one class on one link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Not at all.
    Never,
    /// Only under a grant for that object and recipient.
    ByGrant,
    /// Only generalised to the 10 km cell.
    Coarse,
    /// At any time.
    Free,
}

include!(concat!(env!("OUT_DIR"), "/law.rs"));

/// The gate's answer.
pub enum Verdict {
    /// It may leave, now.
    Cleared(Cleared),
    /// It stays.
    Refused(Refusal),
}

/// Proof of leave. Made here and nowhere else; good for one send.
pub struct Cleared {
    pub(crate) link: Link,
    pub(crate) body: Body,
    _made_by_the_gate: (),
}

/// Which rule said no. It never carries what it refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The law has `Never` here.
    NeverOnThisLink,
    /// The law has `ByGrant` here, and no grant covers this object and recipient now.
    NoGrant,
    /// The law has `Coarse` here, and this is exact.
    OnlyCoarse,
}

/// Judges a parcel at a moment.
#[must_use]
pub fn judge(law: LawName, ledger: &Ledger, parcel: Parcel, now: Tick) -> Verdict {
    let asked = Asked {
        class: parcel.class,
        link: parcel.link,
        object: parcel.object,
        coarse: parcel.coarse,
    };
    match decide(law, ledger, asked, now) {
        Ok(()) => Verdict::Cleared(Cleared {
            link: parcel.link,
            body: parcel.body,
            _made_by_the_gate: (),
        }),
        Err(refusal) => Verdict::Refused(refusal),
    }
}

/// What a parcel asks for, without what it carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Class of the contents.
    pub class: Class,
    /// Way out.
    pub link: Link,
    /// Number of the log, still or recording; 0 where there is none.
    pub object: u32,
    /// Whether its place has been generalised to the 10 km cell.
    pub coarse: bool,
}

/// The decision behind [`judge`], for asking before work is done.
///
/// # Errors
/// The rule that said no.
pub fn decide(law: LawName, ledger: &Ledger, asked: Asked, now: Tick) -> Result<(), Refusal> {
    match rule(law, asked.class, asked.link) {
        Rule::Never => Err(Refusal::NeverOnThisLink),
        Rule::Free => Ok(()),
        Rule::Coarse => asked.coarse.then_some(()).ok_or(Refusal::OnlyCoarse),
        Rule::ByGrant => {
            let recipient = recipient_on(asked.link).ok_or(Refusal::NoGrant)?;
            let scope = Scope { category: asked.class, object: asked.object, recipient };
            ledger.allows(scope, now).then_some(()).ok_or(Refusal::NoGrant)
        }
    }
}

/// What a law says of a class on a link.
#[must_use]
pub fn rule(law: LawName, class: Class, link: Link) -> Rule {
    let table = match law {
        LawName::Sealed => &SEALED,
        LawName::Vendor => &VENDOR,
    };
    table[class as usize][link as usize]
}

/// Who is at the other end of a link, where anybody can be granted something there.
fn recipient_on(link: Link) -> Option<Recipient> {
    match link {
        Link::Radio | Link::Video => Some(Recipient::Pilot),
        Link::Uplink => Some(Recipient::Maker),
        Link::Card => Some(Recipient::Card),
        Link::RemoteId | Link::Console | Link::Lights | Link::Motion => None,
    }
}
