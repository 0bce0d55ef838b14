//! CAS 3, as many campuses have it: a ticket in the address, asked about where it comes from, answered as XML.

use super::outside::Outside;
use super::{Answer, SignOnFault};
use crate::show;
use jc_app::sign_on::Identity;
use quick_xml::NsReader;
use quick_xml::events::Event;
use quick_xml::name::ResolveResult;

/// The names of its answers.
const NAMESPACE: &str = "http://www.yale.edu/tp/cas";

/// A server.
#[derive(Debug)]
pub struct Cas {
    /// Its address, such as `https://cas.example.edu.cn/cas`.
    pub server: String,
    /// The way to it.
    pub way: Outside,
}

impl Cas {
    fn at(&self, path: &str) -> String {
        format!("{}/{path}", self.server.trim_end_matches('/'))
    }

    /// Where it sends a browser back to: with the number in it, so that a ticket is good for this sign-in alone.
    fn service(back: &str, state: &str) -> String {
        show::joined(back, [("state", state)])
    }

    pub(super) fn asks(&self, back: &str, state: &str) -> String {
        show::joined(&self.at("login"), [("service", Self::service(back, state).as_str())])
    }

    pub(super) fn answers(&self, back: &str, state: &str, asked: &Answer) -> Result<Identity, SignOnFault> {
        let ticket = asked.ticket.as_str();
        let odd = |c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_'));
        if !ticket.starts_with("ST-") || ticket.len() > 256 || ticket.contains(odd) {
            return Err(SignOnFault::Refused("no ticket"));
        }
        let service = Self::service(back, state);
        let asks = show::joined(&self.at("p3/serviceValidate"), [("service", service.as_str()), ("ticket", ticket)]);
        let user = user(&self.way.get(&asks)?)?;
        Ok(Identity { provider: "cas", issuer: self.server.clone(), subject: user })
    }
}

/// Whom an answer names: `serviceResponse`, in it `authenticationSuccess`, in it one `user`. Attributes and proxies beside it
/// are passed over; a document type is not.
pub fn user(xml: &str) -> Result<String, SignOnFault> {
    const WAY: [&str; 3] = ["serviceResponse", "authenticationSuccess", "user"];
    let unread = |_| SignOnFault::Description("answer");
    let mut reader = NsReader::from_str(xml);
    let (mut path, mut users): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    let on_way =
        |path: &[String], length: usize| path.len() == length && path.iter().zip(WAY).all(|(own, way)| own == way);
    let (mut roots, mut answers) = (0, 0);
    loop {
        match reader.read_event().map_err(unread)? {
            Event::DocType(_) => return Err(SignOnFault::Description("document type")),
            Event::Start(tag) => {
                let (space, name) = reader.resolver().resolve_element(tag.name());
                let ours = matches!(space, ResolveResult::Bound(space) if space.as_ref() == NAMESPACE);
                roots += usize::from(path.is_empty());
                if (path.is_empty() && !(ours && name.as_ref() == WAY[0])) || path.len() > 32 {
                    return Err(SignOnFault::Description("root"));
                }
                path.push(if ours { name.as_ref().to_owned() } else { String::new() });
                answers += usize::from(path.len() == 2);
                if on_way(&path, 3) {
                    users.push(String::new());
                }
            }
            Event::End(_) => drop(path.pop()),
            Event::Text(text) if on_way(&path, 3) => {
                if let Some(user) = users.last_mut() {
                    user.push_str(text.as_ref());
                }
            }
            // What stands for something else is not guessed at.
            Event::CData(_) | Event::GeneralRef(_) | Event::PI(_) if on_way(&path, 3) => {
                return Err(SignOnFault::Description("answer"));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    match users.as_slice() {
        [user] if roots == 1 && answers == 1 && path.is_empty() => {
            let user = user.trim();
            let fits = (1..=255).contains(&user.len()) && !user.contains(char::is_control);
            if fits { Ok(user.to_owned()) } else { Err(SignOnFault::Refused("nobody is named")) }
        }
        _ => Err(SignOnFault::Refused("nobody is named")),
    }
}

#[cfg(test)]
mod tests {
    use super::user;

    #[test]
    fn one_person_is_named_in_one_place_or_nobody_is() {
        let answer = |inner: &str| {
            format!("<cas:serviceResponse xmlns:cas=\"http://www.yale.edu/tp/cas\">{inner}</cas:serviceResponse>")
        };
        let success = |inner: &str| answer(&format!("<cas:authenticationSuccess>{inner}</cas:authenticationSuccess>"));
        let attributes = "<cas:attributes><cas:user>root</cas:user><cas:mail>a@b</cas:mail></cas:attributes>";
        assert_eq!(user(&success("<cas:user> 20240001\n</cas:user>")).ok().as_deref(), Some("20240001"));
        let with = success(&format!("{attributes}<cas:user>20240001</cas:user><cas:proxies/>"));
        assert_eq!(user(&with).ok().as_deref(), Some("20240001"));
        let plain = "<serviceResponse xmlns=\"http://www.yale.edu/tp/cas\"><authenticationSuccess><user>a</user>\
                     </authenticationSuccess></serviceResponse>";
        assert_eq!(user(plain).ok().as_deref(), Some("a"));
        for bad in [
            answer("<cas:authenticationFailure code=\"INVALID_TICKET\">no</cas:authenticationFailure>"),
            answer("<cas:authenticationFailure><cas:user>a</cas:user></cas:authenticationFailure>"),
            answer("<cas:user>a</cas:user>"),
            success(attributes),
            success("<cas:user></cas:user>"),
            success("<cas:user>a</cas:user><cas:user>b</cas:user>"),
            success("<cas:user>a&#98;</cas:user>"),
            success("<cas:user><![CDATA[a]]></cas:user>"),
            success("<user>a</user>"),
            answer("<cas:authenticationSuccess><cas:user>a</cas:user></cas:authenticationSuccess><cas:authenticationFailure/><cas:authenticationFailure></cas:authenticationFailure>"),
            format!("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>{}", success("<cas:user>&e;</cas:user>")),
            format!("<!DOCTYPE x>{}", success("<cas:user>a</cas:user>")),
            success("<cas:user>a</cas:user>").replace("yale.edu", "evil.example"),
            format!("<html>{}</html>", success("<cas:user>a</cas:user>")),
            format!("{0}{0}", success("<cas:user>a</cas:user>")),
            success("<cas:user>a</cas:user>").replace("</cas:serviceResponse>", ""),
            "<cas:serviceResponse><cas:authenticationSuccess><cas:user>a</cas:user></cas:authenticationSuccess></cas:serviceResponse>"
                .to_owned(),
            String::new(),
            "no".to_owned(),
        ] {
            assert!(user(&bad).is_err(), "{bad}");
        }
    }
}
