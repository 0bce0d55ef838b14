//! The sign-ins elsewhere that the settings name.

use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::{file, refuse, shown};
use crate::settings::{Elsewhere, Settings};
use anyhow::Result;
use jc_web::sign_on::cas::Cas;
use jc_web::sign_on::oidc::Oidc;
use jc_web::sign_on::outside::{Outside, roots};
use jc_web::sign_on::{Kind, Provider, SignOn};
use std::path::Path;

/// Where the machine keeps the authorities it trusts.
const AUTHORITIES: &str = "/etc/ssl/certs/ca-certificates.crt";

/// Those of the settings; none unless they are named.
pub fn of(desk: &Desk, settings: &Settings) -> Result<SignOn> {
    let mut providers = Vec::new();
    if let (Some((issuer, name, way)), Some(client)) = (way(desk, &settings.oidc)?, &settings.oidc_client) {
        let secret = match &settings.oidc_secret_file {
            Some(path) => std::fs::read_to_string(path)
                .map_err(|cause| file(desk, "cli-cannot-read", path, &cause))?
                .trim()
                .to_owned(),
            None => String::new(),
        };
        providers.push(Provider { name, kind: Kind::Oidc(Oidc { issuer, client: client.clone(), secret, way }) });
    }
    if let Some((server, name, way)) = way(desk, &settings.cas)? {
        providers.push(Provider { name, kind: Kind::Cas(Cas { server, way }) });
    }
    if !providers.is_empty() && settings.public.is_none() {
        return Err(refuse(desk, Exit::Usage, "cli-sign-on-public", &[]));
    }
    Ok(SignOn::new(providers))
}

/// Address, name and the way there.
fn way(desk: &Desk, of: &Elsewhere) -> Result<Option<(String, String, Outside)>> {
    let (Some(address), Some(name)) = (&of.address, &of.name) else { return Ok(None) };
    let trusted = of.authorities.as_deref().unwrap_or(Path::new(AUTHORITIES));
    // Over plain http, on this machine, nobody's word is needed.
    let pem = match std::fs::read(trusted) {
        Ok(pem) => pem,
        Err(_) if address.starts_with("http://") => Vec::new(),
        Err(cause) => return Err(file(desk, "cli-cannot-read", trusted, &cause)),
    };
    let authorities = roots(&pem);
    if authorities.is_empty() && address.starts_with("https://") {
        return Err(refuse(desk, Exit::Usage, "cli-sign-on-authorities", &[("file", shown(trusted).into())]));
    }
    Ok(Outside::new(address, authorities).map(|way| (address.clone(), name.clone(), way)))
}
