//! The only door out of the vehicle.
//!
//! Judges each parcel against the law, the pilot's controls and the consent ledger at a moment in time.
//!
//! **Never:** remembers anything; reads a clock; opens a payload; has a default answer.

mod control;
mod parcel;

pub use crate::data::camera::{Film, Still};
pub use crate::data::diagnostics::Report;
pub use crate::data::live_view::LivePacket;
pub use crate::data::logbook::SealedLog;
pub use crate::data::names::NameQuery;
pub use crate::data::no_fly::ZoneText;
pub use crate::data::recorder::Sound;
pub use crate::data::scrub::Scrubbed;
pub use crate::data::uplink::HttpHead;
pub use crate::radio::frame::Message;
pub use crate::radio::ftp::FileHead;
pub use crate::vault::Kept;
pub(crate) use parcel::Body;
pub use parcel::Parcel;

use crate::consent::{Ledger, Scope};
use crate::radio::port::Port;
use crate::senses::{LawName, Tick};
use crate::settings::{Controls, Setting};
use crate::words::{Class, Link, Recipient};
use control::{Control, control, is_service};

/// What it takes to open a label. Only the gate can make one.
pub(crate) struct Door(());

/// What the law says of one class on one link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Not at all.
    Never,
    /// Only under a grant for that object and recipient.
    ByGrant,
    /// Generalised to the 10 km cell; exactly only under a grant.
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
    /// The law has `Coarse` here, this is exact, and no grant covers it.
    OnlyCoarse,
    /// The pilot has switched this off.
    SwitchedOff,
    /// The pilot has chosen local data mode, and this would go to the maker.
    LocalDataMode,
}

/// Judges a parcel at a moment: every class in it must be let through.
#[must_use]
pub fn judge(
    law: LawName,
    controls: &Controls,
    ledger: &Ledger,
    parcel: Parcel,
    now: Tick,
) -> Verdict {
    match weigh(law, controls, ledger, &parcel, now) {
        Ok(()) => Verdict::Cleared(Cleared {
            link: parcel.link,
            body: parcel.body,
            _made_by_the_gate: (),
        }),
        Err(refusal) => Verdict::Refused(refusal),
    }
}

/// What [`judge`] would say of a parcel that stays where it is.
pub(crate) fn weigh(
    law: LawName,
    controls: &Controls,
    ledger: &Ledger,
    parcel: &Parcel,
    now: Tick,
) -> Result<(), Refusal> {
    for &class in [parcel.class].iter().chain(parcel.also) {
        let asked = Asked {
            class,
            link: parcel.link,
            object: parcel.object,
            coarse: parcel.coarse,
            service: parcel.service,
        };
        decide(law, controls, ledger, asked, now)?;
    }
    Ok(())
}

/// What a parcel asks for, without what it carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Class of the contents.
    pub class: Class,
    /// Way out.
    pub link: Link,
    /// Number of the log, picture or recording; 0 where there is none.
    pub object: u32,
    /// Whether its place has been generalised to the 10 km cell.
    pub coarse: bool,
    /// The service that it belongs to, where the class and the link do not say.
    pub service: Option<Setting>,
}

/// The decision behind [`judge`], for asking before work is done.
///
/// # Errors
/// The rule that said no.
pub fn decide(
    law: LawName,
    controls: &Controls,
    ledger: &Ledger,
    asked: Asked,
    now: Tick,
) -> Result<(), Refusal> {
    let rule = rule(law, asked.class, asked.link);
    if rule == Rule::Never {
        return Err(Refusal::NeverOnThisLink);
    }
    let is_on = match control(asked.class, asked.link) {
        Control::None => true,
        Control::By(setting) => controls.is_on(setting),
        // What names no service is nobody's, and nobody has switched it on.
        Control::ByService => {
            asked.service.is_some_and(|setting| is_service(setting) && controls.is_on(setting))
        }
    };
    if !is_on {
        return Err(Refusal::SwitchedOff);
    }
    if asked.link == Link::Uplink && controls.is_on(Setting::PrivLocal) {
        return Err(Refusal::LocalDataMode);
    }
    let is_granted = || {
        let scope = |recipient| Scope { category: asked.class, object: asked.object, recipient };
        recipient_on(asked.link).is_some_and(|recipient| ledger.allows(scope(recipient), now))
    };
    match rule {
        Rule::Never => Err(Refusal::NeverOnThisLink),
        Rule::Free => Ok(()),
        Rule::Coarse => (asked.coarse || is_granted()).then_some(()).ok_or(Refusal::OnlyCoarse),
        Rule::ByGrant => is_granted().then_some(()).ok_or(Refusal::NoGrant),
    }
}

/// What a law says of a class on a link. Both telemetry ports lead to the pilot, and one column of it is for both.
#[must_use]
pub fn rule(law: LawName, class: Class, link: Link) -> Rule {
    let table = match law {
        LawName::Sealed => &SEALED,
        LawName::Vendor => &VENDOR,
    };
    let column = if Port::of(link).is_some() { Link::Radio } else { link };
    table[class as usize][column as usize]
}

/// Who is at the other end of a link, where anybody can be granted something there.
fn recipient_on(link: Link) -> Option<Recipient> {
    match link {
        Link::Radio | Link::Telemetry2 => Some(Recipient::Pilot),
        Link::Video => Some(Recipient::Viewer),
        Link::Uplink => Some(Recipient::Maker),
        Link::Card => Some(Recipient::Card),
        Link::RemoteId | Link::Console | Link::Lights | Link::Motion => None,
    }
}
