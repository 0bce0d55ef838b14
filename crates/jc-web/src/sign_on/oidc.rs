//! OpenID Connect: the code flow with PKCE. What the issuer publishes of itself is believed as far as it is the issuer of the
//! settings and stays on its own site.

use super::outside::Outside;
use super::{Answer, Begun, SignOnFault};
use crate::show;
use jc_app::sign_on::Identity;
use jc_trust::base64::{for_url, plain};
use jc_trust::digest::unhex;
use jc_trust::id_token::{Expected, subject};
use serde_json::Value as Json;

/// An issuer, and ourselves as it knows us.
#[derive(Debug)]
pub struct Oidc {
    /// Its address.
    pub issuer: String,
    /// What it calls us.
    pub client: String,
    /// What we prove it by; empty if PKCE alone must do.
    pub secret: String,
    /// The way to it.
    pub way: Outside,
}

/// What an issuer publishes of itself.
struct Description {
    authorization: String,
    token: String,
    keys: String,
}

impl Oidc {
    fn description(&self) -> Result<Description, SignOnFault> {
        let address = format!("{}/.well-known/openid-configuration", self.issuer.trim_end_matches('/'));
        let text = self.way.get(&address)?;
        let json: Json = serde_json::from_str(&text).map_err(|_| SignOnFault::Description("description"))?;
        if json.get("issuer").and_then(Json::as_str) != Some(&self.issuer) {
            return Err(SignOnFault::Description("issuer"));
        }
        let own = |name: &'static str| {
            let address = json.get(name).and_then(Json::as_str).filter(|address| self.way.leads_to(address));
            address.map(str::to_owned).ok_or(SignOnFault::Description(name))
        };
        Ok(Description {
            authorization: own("authorization_endpoint")?,
            token: own("token_endpoint")?,
            keys: own("jwks_uri")?,
        })
    }

    pub(super) fn asks(&self, back: &str, state: &str, begun: &Begun) -> Result<String, SignOnFault> {
        let to = self.description()?.authorization;
        let challenge = for_url(&unhex(&jc_trust::sha256(begun.verifier.as_bytes())).unwrap_or_default());
        let asked = [
            ("response_type", "code"),
            ("client_id", &self.client),
            ("redirect_uri", back),
            ("scope", "openid"),
            ("state", state),
            ("nonce", &begun.nonce),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
        ];
        Ok(show::joined(&to, asked))
    }

    pub(super) fn answers(&self, back: &str, begun: &Begun, asked: &Answer, now: i64) -> Result<Identity, SignOnFault> {
        // An answer that says whose it is must say ours (RFC 9207).
        if !asked.issuer.is_empty() && asked.issuer != self.issuer {
            return Err(SignOnFault::Refused("the answer is another issuer's"));
        }
        if asked.code.is_empty() {
            return Err(SignOnFault::Refused("no code"));
        }
        let description = self.description()?;
        let mut form = vec![
            ("grant_type", "authorization_code"),
            ("code", asked.code.as_str()),
            ("redirect_uri", back),
            ("code_verifier", begun.verifier.as_str()),
        ];
        let authorization = if self.secret.is_empty() {
            form.push(("client_id", &self.client));
            String::new()
        } else {
            let pair = format!("{}:{}", show::encoded(&self.client), show::encoded(&self.secret));
            format!("Basic {}", plain(pair.as_bytes()))
        };
        let answer = self.way.post(&description.token, &form, &authorization)?;
        let answer: Json = serde_json::from_str(&answer).map_err(|_| SignOnFault::Description("token answer"))?;
        let token = answer.get("id_token").and_then(Json::as_str).ok_or(SignOnFault::Refused("no token"))?;
        let keys = self.way.get(&description.keys)?;
        let expected = Expected { issuer: &self.issuer, client: &self.client, nonce: &begun.nonce, now };
        let subject = subject(token, &keys, &expected)?;
        Ok(Identity { provider: "oidc", issuer: self.issuer.clone(), subject })
    }
}
