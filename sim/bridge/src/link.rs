//! A link as it is written on the command line: `udp:14550`, `udpin:[::]:14551`, `tcp:5760`, `serial:/dev/ttyUSB0:57600`.
//!
//! **Never:** names an address outside this machine that nobody wrote.

use std::fmt;
use std::str::FromStr;

/// What is opened where nobody says otherwise: ports at which ground stations look by themselves.
pub const DEFAULT: [&str; 3] = ["udp:14550", "udp:14540", "tcp:5760"];

/// One link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkSpec {
    /// We send to this address from a port of our own, and answer whoever answers there.
    Udp {
        /// Host, as written; none means this machine.
        host: Option<String>,
        /// Port of the client.
        port: u16,
    },
    /// We bind this port, and whoever sends there is a client for as long as it is heard.
    UdpIn {
        /// Host to bind, as written; none means this machine, both families.
        host: Option<String>,
        /// Port.
        port: u16,
    },
    /// We listen on this port, for several clients at once.
    Tcp {
        /// Host to bind, as written; none means this machine, both families.
        host: Option<String>,
        /// Port.
        port: u16,
    },
    /// A serial device.
    Serial {
        /// Path of the device.
        device: String,
        /// Bits per second.
        baud: u32,
    },
}

impl LinkSpec {
    /// The line to type into ground stations, where one has to be typed.
    #[must_use]
    pub fn hint(&self) -> String {
        let at = |host: &Option<String>| host.clone().unwrap_or_else(|| "127.0.0.1".to_owned());
        match self {
            Self::Udp { host, port: port @ 14550 } => format!(
                "QGroundControl connects by itself; mavproxy.py --master=udpin:{}:{port}",
                at(host)
            ),
            Self::Udp { port, .. } => {
                format!("MAVSDK: udpin://0.0.0.0:{port}; mavproxy.py --master=udpin:0.0.0.0:{port}")
            }
            Self::UdpIn { host, port } => {
                let host = at(host);
                format!("MAVSDK: udpout://{host}:{port}; mavproxy.py --master=udpout:{host}:{port}")
            }
            Self::Tcp { host, port } => {
                let host = at(host);
                format!(
                    "MAVSDK: tcpout://{host}:{port}; mavproxy.py --master=tcp:{host}:{port}; \
                     QGroundControl: Comm Links, TCP, {host}, {port}"
                )
            }
            Self::Serial { baud, .. } => {
                format!("the other end of the line, at {baud} baud: mavproxy.py --baudrate {baud}")
            }
        }
    }
}

impl FromStr for LinkSpec {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let hint = "write udp:PORT, udpin:PORT, tcp:PORT, each with HOST: before PORT to leave this machine \
                    ([…] around IPv6), or serial:DEVICE:BAUD";
        let wrong = |what: &str| format!("`{text}`: {what}; {hint}");
        let (kind, rest) = text.split_once(':').ok_or_else(|| wrong("no link"))?;
        let place = || place(rest).map_err(&wrong);
        match kind {
            "udp" => place().map(|(host, port)| Self::Udp { host, port }),
            "udpin" => place().map(|(host, port)| Self::UdpIn { host, port }),
            "tcp" => place().map(|(host, port)| Self::Tcp { host, port }),
            "serial" => {
                let (device, baud) = rest.rsplit_once(':').ok_or_else(|| wrong("no baud rate"))?;
                let baud = baud.parse().ok().filter(|baud| *baud > 0);
                let baud = baud.ok_or_else(|| wrong("the baud rate is no number"))?;
                if device.is_empty() {
                    return Err(wrong("no device"));
                }
                Ok(Self::Serial { device: device.to_owned(), baud })
            }
            _ => Err(wrong("no such kind of link")),
        }
    }
}

/// `PORT` or `HOST:PORT`.
fn place(text: &str) -> Result<(Option<String>, u16), &'static str> {
    let (host, port) = match text.rsplit_once(':') {
        Some((host, port)) => (Some(host), port),
        None => (None, text),
    };
    let port =
        port.parse().ok().filter(|port| *port > 0).ok_or("the port is no number of 1 to 65535")?;
    let is_bare =
        |host: &str| host.contains(':') && !(host.starts_with('[') && host.ends_with(']'));
    match host {
        Some("") => Err("the host is empty"),
        Some(host) if is_bare(host) => Err("an IPv6 address has […] around it"),
        host => Ok((host.map(str::to_owned), port)),
    }
}

impl fmt::Display for LinkSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kind, host, port) = match self {
            Self::Udp { host, port } => ("udp", host, port),
            Self::UdpIn { host, port } => ("udpin", host, port),
            Self::Tcp { host, port } => ("tcp", host, port),
            Self::Serial { device, baud } => return write!(f, "serial:{device}:{baud}"),
        };
        match host {
            Some(host) => write!(f, "{kind}:{host}:{port}"),
            None => write!(f, "{kind}:{port}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_written_again() {
        let host = |host: &str| Some(host.to_owned());
        for (text, link) in [
            ("udp:14550", LinkSpec::Udp { host: None, port: 14550 }),
            ("udp:10.0.0.7:14550", LinkSpec::Udp { host: host("10.0.0.7"), port: 14550 }),
            ("udpin:0.0.0.0:14551", LinkSpec::UdpIn { host: host("0.0.0.0"), port: 14551 }),
            ("udpin:[::1]:14551", LinkSpec::UdpIn { host: host("[::1]"), port: 14551 }),
            ("tcp:5760", LinkSpec::Tcp { host: None, port: 5760 }),
            ("tcp:localhost:5760", LinkSpec::Tcp { host: host("localhost"), port: 5760 }),
            (
                "serial:/dev/ttyUSB0:57600",
                LinkSpec::Serial { device: "/dev/ttyUSB0".to_owned(), baud: 57600 },
            ),
            ("serial:COM3:9600", LinkSpec::Serial { device: "COM3".to_owned(), baud: 9600 }),
        ] {
            assert_eq!(text.parse(), Ok(link.clone()), "{text}");
            assert_eq!(link.to_string(), text);
            assert!(!link.hint().is_empty(), "{text}");
        }
        for text in DEFAULT {
            assert!(text.parse::<LinkSpec>().is_ok(), "{text}");
        }
    }

    #[test]
    fn what_is_no_link_is_answered_with_what_is_wrong() {
        for (text, what) in [
            ("14550", "no link"),
            ("ucp:14550", "no such kind"),
            ("udp:", "the port"),
            ("udp:0", "the port"),
            ("udp:65536", "the port"),
            ("udp::14550", "the host is empty"),
            ("tcp:::1:5760", "an IPv6 address"),
            ("serial:/dev/ttyUSB0", "no baud rate"),
            ("serial::57600", "no device"),
            ("serial:/dev/ttyUSB0:0", "the baud rate"),
            ("serial:/dev/ttyUSB0:fast", "the baud rate"),
        ] {
            let error = text.parse::<LinkSpec>().unwrap_err();
            assert!(error.contains(what) && error.contains(text), "{text}: {error}");
        }
    }
}
