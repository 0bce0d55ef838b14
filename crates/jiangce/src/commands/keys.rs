//! `keys`: the keys of secret values, told, changed, taken out.

use crate::cli::{KeyAlgorithm, KeysAction};
use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::{shown, undone};
use crate::parts::Algorithm;
use anyhow::Result;
use serde_json::json;

/// Runs one of them.
pub fn run(desk: &Desk, action: &KeysAction) -> Result<Exit> {
    let app = desk.open()?;
    let bar = desk.progress();
    let mut sealing = |values: u64| bar.set_message(desk.words("cli-keys-sealing", &[("count", values.into())]));
    match action {
        KeysAction::List => {}
        KeysAction::Rotate { algorithm } => {
            let algorithm = match algorithm {
                Some(KeyAlgorithm::Sm4Gcm) => Algorithm::Sm4Gcm,
                Some(KeyAlgorithm::Aes256Gcm) => Algorithm::Aes256Gcm,
                None => app.keys()?.first().map_or(Algorithm::Aes256Gcm, |(_, algorithm)| *algorithm),
            };
            app.rotate_keys(algorithm, &mut sealing)?;
        }
        KeysAction::Reseal => {
            app.reseal(&mut sealing)?;
        }
        KeysAction::Remove { key } => app.remove_key(*key, &mut sealing).map_err(|error| undone(desk, error))?,
    }
    bar.finish_and_clear();
    let keys = app.keys()?;
    if desk.global.json {
        let key = |(position, (id, algorithm)): (usize, &(u8, Algorithm))| json!({ "id": id, "algorithm": algorithm.code(), "seals": position == 0 });
        let keys: Vec<_> = keys.iter().enumerate().map(key).collect();
        desk.answer(&json!({ "file": shown(app.keys_file()), "keys": keys }));
        return Ok(Exit::Fine);
    }
    desk.tell("cli-keys-file", &[("file", shown(app.keys_file()).into())]);
    for (position, (id, algorithm)) in keys.iter().enumerate() {
        let message = if position == 0 { "cli-keys-seals" } else { "cli-keys-opens" };
        desk.tell(message, &[("key", id.to_string().into()), ("algorithm", algorithm.code().into())]);
    }
    Ok(Exit::Fine)
}
