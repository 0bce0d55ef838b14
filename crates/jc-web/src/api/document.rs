//! The OpenAPI document: every route of the table with what it needs, and the shapes of what programs send and are answered.

use super::put;
use super::schema::{self, named, records};
use crate::gate::{About, Need, Route, Shape};
use crate::router::routes;
use crate::words::Words;
use jc_base::Lang;
use jc_catalog::{Catalog, Register};
use serde_json::{Map, Value as Json, json};

/// The document for a catalog, in a language; `server` is the address the paths stand below.
pub fn document(catalog: &Catalog, lang: Lang, server: &str) -> Json {
    let words = Words(lang);
    let mut paths: Map<String, Json> = Map::new();
    for route in routes().table {
        for (path, operation) in operations(catalog, words, &route) {
            let at = paths.entry(path).or_insert_with(|| json!({}));
            put(at, &route.method.to_ascii_lowercase(), operation);
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": words.t("api-title"),
            "description": words.t("api-about"),
            "version": env!("CARGO_PKG_VERSION"),
            "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
        },
        "servers": [{ "url": server }],
        "tags": [
            { "name": PROGRAMS, "description": words.t("api-tag-programs") },
            { "name": SCREENS, "description": words.t("api-tag-screens") },
        ],
        "paths": paths,
        "components": {
            "securitySchemes": {
                "token": { "type": "http", "scheme": "bearer", "description": words.t("api-token-about") },
                "session": {
                    "type": "apiKey", "in": "cookie", "name": "jc-session", "description": words.t("api-session-about"),
                },
            },
            "schemas": schema::all(catalog, lang),
        },
    })
}

const PROGRAMS: &str = "programs";
const SCREENS: &str = "screens";

/// A route with its paths: one, or one for each register where the answer's shape is the register's.
fn operations(catalog: &Catalog, words: Words, route: &Route) -> Vec<(String, Json)> {
    match route.about {
        Some(about) if about.answer == Shape::Records => {
            let one = |register: &Register| {
                let path = route.path.replace("{register}", register.id.as_str());
                let mut operation = program(words, route, about, Some(register), &path);
                put(&mut operation, "summary", register.name.get(words.0));
                put(&mut operation, "description", words.t(about.says));
                (path, operation)
            };
            catalog.registers.iter().map(one).collect()
        }
        Some(about) => vec![(route.path.to_owned(), program(words, route, about, None, route.path))],
        None => vec![(route.path.to_owned(), screen(words, route))],
    }
}

fn program(words: Words, route: &Route, about: &About, register: Option<&Register>, path: &str) -> Json {
    let mut asked: Vec<Json> = in_path(path).map(|name| parameter(words, "path", name)).collect();
    asked.extend(about.asked.iter().map(|name| parameter(words, "query", name)));
    for slice in register.iter().flat_map(|register| &register.slices) {
        let taken = about.asked.contains(&slice.id.as_str());
        if !taken {
            let schema = json!({ "type": "string" });
            let says = slice.name.get(words.0);
            asked.push(json!({ "name": slice.id, "in": "query", "description": says, "schema": schema }));
        }
    }
    let shape = |shape: Shape| match (shape, register) {
        (Shape::Records, Some(register)) => records(register),
        (Shape::Records, None) => json!({}),
        (Shape::Named(name), _) => named(name),
    };
    let mut out = json!({
        "operationId": id(route.method, path),
        "tags": [PROGRAMS],
        "summary": words.t(about.says),
        "parameters": asked,
        "security": if route.method == "GET" { json!([{ "token": [] }, { "session": [] }]) } else { json!([{ "token": [] }]) },
        "x-needs": needs(route.need),
        "responses": {
            "200": { "description": words.t("api-answer"), "content": { "application/json": { "schema": shape(about.answer) } } },
            "default": { "description": words.t("api-error"), "content": { "application/json": { "schema": named("error") } } },
        },
    });
    if let Some(sent) = about.sent {
        let form = json!({
            "type": "object",
            "properties": {
                "file": { "type": "string", "contentMediaType": "application/octet-stream" },
                "text": { "type": "string" },
                "records": { "enum": ["yes", "no"] },
            },
        });
        let body = json!({
            "required": true,
            "content": { "application/json": { "schema": shape(sent) }, "multipart/form-data": { "schema": form } },
        });
        put(&mut out, "requestBody", body);
    }
    out
}

fn screen(words: Words, route: &Route) -> Json {
    let asked: Vec<Json> = in_path(route.path).map(|name| parameter(words, "path", name)).collect();
    let security = if route.need == Need::Anyone { json!([]) } else { json!([{ "session": [] }]) };
    let mut out = json!({
        "operationId": id(route.method, route.path),
        "tags": [SCREENS],
        "parameters": asked,
        "security": security,
        "x-needs": needs(route.need),
        "responses": { "default": { "description": words.t("api-screen"), "content": { "text/html": {} } } },
    });
    if route.method == "POST" {
        let form = json!({ "type": "object", "required": ["token"], "properties": { "token": { "type": "string" } } });
        put(&mut out, "requestBody", json!({ "content": { "application/x-www-form-urlencoded": { "schema": form } } }));
    }
    out
}

/// The names in a path's braces.
fn in_path(path: &str) -> impl Iterator<Item = &str> {
    path.split('{').skip(1).filter_map(|rest| rest.split('}').next())
}

fn parameter(words: Words, place: &str, name: &str) -> Json {
    let langs = [Lang::Zh, Lang::En, Lang::De].map(Lang::code);
    let states = jc_base::RecordState::ALL.map(jc_base::RecordState::code);
    let schema = match name {
        "year" => json!({ "type": "integer", "minimum": 1900, "maximum": 9999 }),
        "limit" => json!({ "type": "integer", "minimum": 0, "maximum": super::records::MOST, "default": 100 }),
        "from" => json!({ "type": "integer", "minimum": 0, "default": 0 }),
        "after" => json!({ "type": "string", "format": "uuid" }),
        "state" => json!({ "enum": states }),
        "part" => json!({ "enum": ["numerator", "denominator", "left-out"], "default": "numerator" }),
        "definitions" => json!({ "enum": ["all"] }),
        "lang" => json!({ "enum": langs }),
        _ => json!({ "type": "string" }),
    };
    let mut out = json!({ "name": name, "in": place, "required": place == "path", "schema": schema });
    if place == "query" {
        put(&mut out, "description", words.t(&format!("api-asked-{name}")));
    }
    out
}

/// The operations one of which is needed.
fn needs(need: Need) -> Vec<&'static str> {
    need.operations().into_iter().map(jc_app::given::Operation::code).collect()
}

fn id(method: &str, path: &str) -> String {
    let words = path.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    std::iter::once(method.to_ascii_lowercase().as_str()).chain(words).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::{document, in_path};
    use crate::router::routes;
    use jc_base::Lang;
    use serde_json::Value as Json;
    use std::collections::BTreeSet;

    fn shipped() -> Json {
        let (catalog, _) = jc_catalog::load(&jc_catalog::shipped());
        document(&catalog.expect("the shipped catalog"), Lang::En, "/")
    }

    #[test]
    fn exactly_the_routes_there_are_and_every_register_stand_in_it() {
        let document = shipped();
        let paths = document["paths"].as_object().expect("paths");
        // No more than there is either: what answers records stands there once for each register, all else once.
        let of = |path: &str| -> BTreeSet<String> {
            let known = |register: &jc_catalog::Register| path.replace("{register}", register.id.as_str());
            let catalog = jc_catalog::load(&jc_catalog::shipped()).0.expect("a catalog");
            catalog.registers.iter().map(known).collect()
        };
        let mut there = BTreeSet::new();
        for route in routes().table {
            let records = route.about.is_some_and(|about| about.answer == crate::gate::Shape::Records);
            let named = if records { of(route.path) } else { BTreeSet::from([route.path.to_owned()]) };
            there.extend(named.into_iter().map(|path| (path, route.method.to_ascii_lowercase())));
        }
        let methods = |(path, at): (&String, &Json)| -> Vec<(String, String)> {
            at.as_object().expect("operations").keys().map(|method| (path.clone(), method.clone())).collect()
        };
        assert_eq!(paths.iter().flat_map(methods).collect::<BTreeSet<_>>(), there);
        for route in routes().table {
            let method = route.method.to_ascii_lowercase();
            let records = route.about.is_some_and(|about| about.answer == crate::gate::Shape::Records);
            let path = if records { route.path.replace("{register}", "student") } else { route.path.to_owned() };
            let operation = paths.get(&path).and_then(|at| at.get(&method));
            let operation = operation.unwrap_or_else(|| panic!("{method} {path} is lacking"));
            for name in in_path(&path) {
                let asked = operation["parameters"].as_array().expect("a list");
                assert!(asked.iter().any(|one| one["name"] == name && one["in"] == "path"), "{path}: {name}");
            }
        }
        for register in jc_catalog::load(&jc_catalog::shipped()).0.expect("a catalog").registers {
            assert!(paths.contains_key(&format!("/api/registers/{}/records", register.id)));
            let shape = &document["components"]["schemas"][format!("record-{}", register.id)];
            let fields = shape["properties"]["fields"]["properties"].as_object().expect("fields");
            assert_eq!(fields.len(), register.fields.iter().filter(|field| field.retired.is_none()).count());
        }
    }

    #[test]
    fn what_it_points_to_is_there_and_no_two_operations_share_a_name() {
        let document = shipped();
        let shapes = document["components"]["schemas"].as_object().expect("shapes");
        let text = document.to_string();
        for to in text.split("#/components/schemas/").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(shapes.contains_key(to), "{to}");
        }
        let paths = document["paths"].as_object().expect("paths").values();
        let all: Vec<String> = paths
            .flat_map(|at| at.as_object().expect("operations").values())
            .map(|operation| operation["operationId"].to_string())
            .collect();
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
        assert!(!text.contains("api-asked") && !text.contains("\"api-"), "every word is there");
    }
}
