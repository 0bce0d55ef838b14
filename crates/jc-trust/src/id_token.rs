//! The token by which an issuer (OpenID Connect) says who someone is, and all that must hold before it is believed.
//!
//! Only two algorithms are known, both with a public key of the issuer's own: whatever else the token names, `none` and
//! those with a shared secret above all, is refused before a key is looked for. No key that the token brings along is used.

use crate::base64::from_url;
use ring::signature::{ECDSA_P256_SHA256_FIXED, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents, UnparsedPublicKey};
use serde_json::Value as Json;
use thiserror::Error;

/// A clock may be off by so many seconds.
const DRIFT_S: i64 = 60;
/// No token and no set of keys is longer, in bytes.
const MOST_BYTES: usize = 64 * 1024;

/// What is expected of a token.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// The issuer, as it is configured.
    pub issuer: &'a str,
    /// Ourselves, as the issuer knows us.
    pub client: &'a str,
    /// The number that was sent along, for this sign-in alone.
    pub nonce: &'a str,
    /// Now, in seconds since 1970 UTC.
    pub now: i64,
}

/// Why a token is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Disbelief {
    /// It is no signed token of three parts, or one of them cannot be read.
    #[error("the token cannot be read")]
    Malformed,
    /// It names an algorithm that is not allowed.
    #[error("the token's algorithm is not allowed")]
    Algorithm,
    /// The issuer has no key that fits.
    #[error("the issuer has no key that fits the token")]
    Key,
    /// The signature is not the issuer's.
    #[error("the token's signature is not the issuer's")]
    Signature,
    /// It is another issuer's.
    #[error("the token is another issuer's")]
    Issuer,
    /// It is for somebody else.
    #[error("the token is for somebody else")]
    Audience,
    /// It has run out, or says nothing of when it does.
    #[error("the token has run out")]
    Expired,
    /// It was made in the future.
    #[error("the token was made in the future")]
    Early,
    /// It is not of this sign-in.
    #[error("the token is not of this sign-in")]
    Nonce,
    /// It names nobody.
    #[error("the token names nobody")]
    Nobody,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Algorithm {
    Rs256,
    Es256,
}

/// Who a token is about: the issuer's word for them, if all of it holds. `keys` is the issuer's set of keys as it publishes
/// it (JSON Web Key Set).
pub fn subject(token: &str, keys: &str, expected: &Expected) -> Result<String, Disbelief> {
    if token.len() > MOST_BYTES || keys.len() > MOST_BYTES {
        return Err(Disbelief::Malformed);
    }
    let mut parts = token.split('.');
    let (Some(head), Some(body), Some(signature), None) = (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(Disbelief::Malformed);
    };
    let header = json(head)?;
    let algorithm = match header.get("alg").and_then(Json::as_str) {
        Some("RS256") => Algorithm::Rs256,
        Some("ES256") => Algorithm::Es256,
        _ => return Err(Disbelief::Algorithm),
    };
    // What must be understood we do not understand.
    if header.get("crit").is_some() {
        return Err(Disbelief::Malformed);
    }
    let signed = &token[..head.len() + 1 + body.len()];
    let signature = from_url(signature).ok_or(Disbelief::Malformed)?;
    verify(keys, header.get("kid").and_then(Json::as_str), algorithm, signed.as_bytes(), &signature)?;
    believed(&json(body)?, expected)
}

fn json(part: &str) -> Result<Json, Disbelief> {
    let bytes = from_url(part).ok_or(Disbelief::Malformed)?;
    serde_json::from_slice::<Json>(&bytes).ok().filter(Json::is_object).ok_or(Disbelief::Malformed)
}

fn verify(
    keys: &str,
    id: Option<&str>,
    algorithm: Algorithm,
    signed: &[u8],
    signature: &[u8],
) -> Result<(), Disbelief> {
    let keys: Json = serde_json::from_str(keys).map_err(|_| Disbelief::Key)?;
    let keys = keys.get("keys").and_then(Json::as_array).ok_or(Disbelief::Key)?;
    let text = |key: &Json, name: &str| key.get(name).and_then(Json::as_str).map(str::to_owned);
    let fits = |key: &&Json| {
        let (kind, word) = match algorithm {
            Algorithm::Rs256 => ("RSA", "RS256"),
            Algorithm::Es256 => ("EC", "ES256"),
        };
        text(key, "kty").as_deref() == Some(kind)
            && text(key, "alg").is_none_or(|alg| alg == word)
            && text(key, "use").is_none_or(|purpose| purpose == "sig")
            && id.is_none_or(|id| text(key, "kid").is_none_or(|own| own == id))
    };
    let mut tried = false;
    for key in keys.iter().filter(fits) {
        let bytes = |name: &str| text(key, name).and_then(|text| from_url(&text));
        let holds = match algorithm {
            Algorithm::Rs256 => {
                let (Some(n), Some(e)) = (bytes("n"), bytes("e")) else { continue };
                RsaPublicKeyComponents { n, e }.verify(&RSA_PKCS1_2048_8192_SHA256, signed, signature).is_ok()
            }
            Algorithm::Es256 => {
                let (Some(x), Some(y)) = (bytes("x"), bytes("y")) else { continue };
                if text(key, "crv").as_deref() != Some("P-256") {
                    continue;
                }
                let point = [&[4][..], &x, &y].concat();
                UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).verify(signed, signature).is_ok()
            }
        };
        if holds {
            return Ok(());
        }
        tried = true;
    }
    Err(if tried { Disbelief::Signature } else { Disbelief::Key })
}

/// What the issuer signed, held against what is expected.
fn believed(claims: &Json, expected: &Expected) -> Result<String, Disbelief> {
    let text = |name: &str| claims.get(name).and_then(Json::as_str);
    let seconds = |name: &str| claims.get(name).and_then(Json::as_f64).map(|at| at as i64);
    if text("iss") != Some(expected.issuer) {
        return Err(Disbelief::Issuer);
    }
    let (ours, others) = match claims.get("aud") {
        Some(Json::String(one)) => (one == expected.client, false),
        Some(Json::Array(many)) => (many.iter().any(|one| one == expected.client), many.len() > 1),
        _ => (false, false),
    };
    let party = claims.get("azp");
    // Where others are meant too, it must say that it was made for us.
    if !ours || (others && party.is_none()) || party.is_some_and(|party| party != expected.client) {
        return Err(Disbelief::Audience);
    }
    if seconds("exp").is_none_or(|until| until + DRIFT_S <= expected.now) {
        return Err(Disbelief::Expired);
    }
    let early = |name: &str| seconds(name).is_some_and(|at| at > expected.now + DRIFT_S);
    if early("iat") || early("nbf") || claims.get("iat").is_none() {
        return Err(Disbelief::Early);
    }
    if expected.nonce.is_empty() || !same(text("nonce").unwrap_or_default(), expected.nonce) {
        return Err(Disbelief::Nonce);
    }
    let subject = text("sub").filter(|subject| (1..=255).contains(&subject.len()));
    subject.map(str::to_owned).ok_or(Disbelief::Nobody)
}

/// Whether two texts are the same, looked at in the same time whatever they hold.
fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |sum, (x, y)| sum | (x ^ y)) == 0
}

#[cfg(test)]
mod tests {
    use super::{Disbelief, Expected, subject, verify};
    use crate::base64::{for_url, from_url};
    use hmac::{Hmac, KeyInit as _, Mac as _};
    use ring::rand::SystemRandom;
    use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
    use serde_json::{Value as Json, json};

    const EXPECTED: Expected =
        Expected { issuer: "https://id.example", client: "jiangce", nonce: "n-1", now: 1_000_000 };

    struct Issuer(EcdsaKeyPair, SystemRandom);

    impl Issuer {
        fn new() -> Self {
            let random = SystemRandom::new();
            let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).expect("a key");
            let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, document.as_ref(), &random);
            Self(pair.expect("a key"), random)
        }

        fn key(&self) -> Json {
            let point = self.0.public_key().as_ref();
            json!({ "kty": "EC", "crv": "P-256", "kid": "1", "x": for_url(&point[1..33]), "y": for_url(&point[33..]) })
        }

        fn keys(&self) -> String {
            json!({ "keys": [self.key()] }).to_string()
        }

        fn sign(&self, head: &Json, claims: &Json) -> String {
            let signed = format!("{}.{}", for_url(head.to_string().as_bytes()), for_url(claims.to_string().as_bytes()));
            let signature = self.0.sign(&self.1, signed.as_bytes()).expect("a signature");
            format!("{signed}.{}", for_url(signature.as_ref()))
        }
    }

    fn claims() -> Json {
        json!({
            "iss": "https://id.example", "aud": "jiangce", "sub": "s-1", "nonce": "n-1", "iat": 999_990, "exp": 1_000_300,
        })
    }

    #[test]
    fn an_honest_issuer_is_believed_and_each_lie_is_not() {
        let issuer = Issuer::new();
        let head = json!({ "alg": "ES256", "kid": "1" });
        let ask = |token: &str| subject(token, &issuer.keys(), &EXPECTED);
        assert_eq!(ask(&issuer.sign(&head, &claims())).as_deref(), Ok("s-1"));
        let also = json!({ "aud": ["other", "jiangce"], "azp": "jiangce" });
        let with = |changes: Json| {
            let mut claims = claims();
            for (name, value) in changes.as_object().expect("an object") {
                claims[name] = value.clone();
            }
            claims
        };
        assert_eq!(ask(&issuer.sign(&head, &with(also))).as_deref(), Ok("s-1"));
        for (lie, why) in [
            (json!({ "iss": "https://id.example/" }), Disbelief::Issuer),
            (json!({ "iss": null }), Disbelief::Issuer),
            (json!({ "aud": "other" }), Disbelief::Audience),
            (json!({ "aud": ["jiangce", "other"] }), Disbelief::Audience),
            (json!({ "azp": "other" }), Disbelief::Audience),
            (json!({ "exp": 999_900 }), Disbelief::Expired),
            (json!({ "exp": null }), Disbelief::Expired),
            (json!({ "iat": 1_001_000 }), Disbelief::Early),
            (json!({ "nbf": 1_001_000 }), Disbelief::Early),
            (json!({ "nonce": "n-2" }), Disbelief::Nonce),
            (json!({ "nonce": null }), Disbelief::Nonce),
            (json!({ "sub": "" }), Disbelief::Nobody),
            (json!({ "sub": 7 }), Disbelief::Nobody),
        ] {
            assert_eq!(ask(&issuer.sign(&head, &with(lie.clone()))), Err(why), "{lie}");
        }
    }

    #[test]
    fn only_the_issuers_own_key_signs_and_only_by_an_allowed_algorithm() {
        let (issuer, stranger) = (Issuer::new(), Issuer::new());
        let ask = |token: &str| subject(token, &issuer.keys(), &EXPECTED);
        let body = for_url(claims().to_string().as_bytes());
        let part = |json: Json| for_url(json.to_string().as_bytes());
        for alg in ["none", "None", "HS256", "RS512", "PS256", ""] {
            let unsigned = format!("{}.{body}.", part(json!({ "alg": alg })));
            assert_eq!(ask(&unsigned), Err(Disbelief::Algorithm), "{alg}");
        }
        // The public key taken for a shared secret.
        let signed = format!("{}.{body}", part(json!({ "alg": "HS256", "kid": "1" })));
        let mut mac = Hmac::<sha2::Sha256>::new_from_slice(issuer.keys().as_bytes()).expect("any length");
        mac.update(signed.as_bytes());
        let token = format!("{signed}.{}", for_url(&mac.finalize().into_bytes()));
        assert_eq!(ask(&token), Err(Disbelief::Algorithm));
        // A stranger signs, with a key of their own that they send along or point to.
        for head in [
            json!({ "alg": "ES256", "kid": "1" }),
            json!({ "alg": "ES256", "jwk": stranger.key() }),
            json!({ "alg": "ES256", "jku": "https://evil.example/keys", "kid": "1" }),
        ] {
            assert_eq!(ask(&stranger.sign(&head, &claims())), Err(Disbelief::Signature), "{head}");
        }
        let foreign = stranger.sign(&json!({ "alg": "ES256", "kid": "2" }), &claims());
        assert_eq!(ask(&foreign), Err(Disbelief::Key), "no key is taken for another's name");
        let crit = issuer.sign(&json!({ "alg": "ES256", "kid": "1", "crit": ["exp"] }), &claims());
        assert_eq!(ask(&crit), Err(Disbelief::Malformed));
        let good = issuer.sign(&json!({ "alg": "ES256", "kid": "1" }), &claims());
        for token in [String::new(), "a.b".into(), format!("{good}.x"), format!(" {good}"), good.replace('.', "..")] {
            assert!(ask(&token).is_err(), "{token}");
        }
        let (rest, signature) = good.rsplit_once('.').expect("three parts");
        let mut bytes = from_url(signature).expect("bytes");
        bytes[5] ^= 1;
        assert_eq!(ask(&format!("{rest}.{}", for_url(&bytes))), Err(Disbelief::Signature));
    }

    /// RFC 7515, appendix A.2: key, text and signature.
    #[test]
    fn rsa_signatures_are_those_of_the_standard() {
        const N: &str = "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yR\
                         T-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXB\
                         dQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9ia\
                         GNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ";
        const SIGNED: &str = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9p\
                              c19yb290Ijp0cnVlfQ";
        const SIGNATURE: &str = "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGb\
                                 ds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0\
                                 GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6L\
                                 bgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";
        let keys = json!({ "keys": [{ "kty": "RSA", "n": N, "e": "AQAB" }] }).to_string();
        let signature = from_url(SIGNATURE).expect("bytes");
        let ask = |text: &str| verify(&keys, None, super::Algorithm::Rs256, text.as_bytes(), &signature);
        assert_eq!(ask(SIGNED), Ok(()));
        assert_eq!(ask(&SIGNED.replace("joe", "job").replacen('e', "f", 1)), Err(Disbelief::Signature));
    }
}
