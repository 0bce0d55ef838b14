//! The competency framework as CASE 1.0 (IMS Competencies and Academic Standards Exchange): domains, competencies and
//! levels go out as one package a language, and come in from any package that has items with a rubric.
//!
//! CASE has one language a document; the same identifiers are given in each, so that packages of several languages can
//! be laid over one another.

use jc_base::{Lang, Names};
use jc_catalog::pathway::Pathway;
use serde_json::{Value as Json, json};

/// A framework without what only a pathway knows (criteria, hours).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Framework {
    /// Its title.
    pub title: String,
    /// Groups of competencies: code and name.
    pub domains: Vec<(String, String)>,
    /// The competencies.
    pub competencies: Vec<Item>,
}

/// A competency of a framework.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Item {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The code of its domain; empty if it stands alone.
    pub domain: String,
    /// What can be observed, from level 1 upwards.
    pub levels: Vec<String>,
}

/// Why a file is no framework.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CaseFault {
    /// It is no JSON.
    NoJson,
    /// It has no `CFDocument` with a title.
    NoDocument,
    /// It has no `CFItems`.
    NoItems,
    /// Items have neither a code nor an identifier.
    NoCode,
}

impl Framework {
    /// The framework of a pathway in a language.
    pub fn of(pathway: &Pathway, lang: Lang) -> Self {
        let text = |names: &Names| names.get(lang).to_owned();
        let item = |competency: &jc_catalog::pathway::Competency| Item {
            code: competency.id.clone(),
            name: text(&competency.name),
            domain: pathway.domains.get(competency.domain).map(|domain| domain.id.clone()).unwrap_or_default(),
            levels: competency.levels.iter().map(text).collect(),
        };
        Self {
            title: text(&pathway.name),
            domains: pathway.domains.iter().map(|domain| (domain.id.clone(), text(&domain.name))).collect(),
            competencies: pathway.competencies.iter().map(item).collect(),
        }
    }

    /// Writes it as a CASE package. `base` is the address identifiers hang below; `changed` an instant, as
    /// `2026-11-26T00:00:00+00:00`.
    pub fn write(&self, base: &str, lang: Lang, changed: &str) -> Json {
        let base = base.trim_end_matches('/');
        let uri = |kind: &str, name: &str| format!("{base}/ims/case/v1p0/{kind}/{}", identifier(name));
        let link = |kind: &str, name: &str, title: &str| json!({ "title": title, "identifier": identifier(name), "uri": uri(kind, name) });
        let document = link("CFDocuments", "document", &self.title);
        let item = |name: String, code: &str, text: &str, kind: &str| {
            json!({
                "identifier": identifier(&name), "uri": uri("CFItems", &name), "CFDocumentURI": document,
                "humanCodingScheme": code, "fullStatement": text, "CFItemType": kind,
                "language": lang.code(), "lastChangeDateTime": changed,
            })
        };
        let mut items = Vec::new();
        let mut links = Vec::new();
        let mut child = |name: &str, title: &str, parent: Json, number: usize| {
            let own = format!("child/{name}");
            links.push(json!({
                "identifier": identifier(&own), "uri": uri("CFAssociations", &own), "CFDocumentURI": document,
                "associationType": "isChildOf", "originNodeURI": link("CFItems", name, title),
                "destinationNodeURI": parent, "sequenceNumber": number, "lastChangeDateTime": changed,
            }));
        };
        for (ix, (code, name)) in self.domains.iter().enumerate() {
            let own = format!("domain/{code}");
            child(&own, name, document.clone(), ix + 1);
            items.push(item(own, code, name, "Domain"));
        }
        let mut criteria = Vec::new();
        for (ix, it) in self.competencies.iter().enumerate() {
            let own = format!("competency/{}", it.code);
            let domain = self.domains.iter().find(|(code, _)| *code == it.domain);
            let parent = domain
                .map_or_else(|| document.clone(), |(code, name)| link("CFItems", &format!("domain/{code}"), name));
            child(&own, &it.name, parent, ix + 1);
            let level = |(level, text): (usize, &String)| {
                let name = format!("level/{}/{}", it.code, level + 1);
                json!({
                    "identifier": identifier(&name), "uri": uri("CFRubricCriterionLevels", &name),
                    "description": text, "quality": (level + 1).to_string(), "position": level + 1,
                    "lastChangeDateTime": changed,
                })
            };
            let levels: Vec<Json> = it.levels.iter().enumerate().map(level).collect();
            let criterion = format!("criterion/{}", it.code);
            criteria.push(json!({
                "identifier": identifier(&criterion), "uri": uri("CFRubricCriteria", &criterion),
                "CFItemURI": link("CFItems", &own, &it.name), "position": ix + 1,
                "CFRubricCriterionLevels": levels, "lastChangeDateTime": changed,
            }));
            items.push(item(own, &it.code, &it.name, "Competency"));
        }
        json!({
            "CFDocument": {
                "identifier": identifier("document"), "uri": uri("CFDocuments", "document"),
                "creator": "Jiangce", "title": self.title, "language": lang.code(), "caseVersion": "1.0",
                "CFPackageURI": link("CFPackages", "package", &self.title), "lastChangeDateTime": changed,
            },
            "CFItems": items,
            "CFAssociations": links,
            "CFRubrics": [{
                "identifier": identifier("rubric"), "uri": uri("CFRubrics", "rubric"), "title": self.title,
                "CFRubricCriteria": criteria, "lastChangeDateTime": changed,
            }],
        })
    }

    /// Reads a CASE package: an item with children is a domain, every other a competency; levels come from rubrics.
    pub fn read(text: &str) -> Result<Self, CaseFault> {
        let package: Json = serde_json::from_str(text).map_err(|_| CaseFault::NoJson)?;
        let title = text_of(&package["CFDocument"], "title").ok_or(CaseFault::NoDocument)?;
        let items = package["CFItems"].as_array().ok_or(CaseFault::NoItems)?;
        let links = package["CFAssociations"].as_array().map_or(&[][..], Vec::as_slice);
        let parent_of = |id: &str| {
            let own = links
                .iter()
                .find(|link| link["associationType"] == "isChildOf" && link["originNodeURI"]["identifier"] == id)?;
            text_of(&own["destinationNodeURI"], "identifier")
        };
        let has_children = |id: &str| {
            links.iter().any(|l| l["associationType"] == "isChildOf" && l["destinationNodeURI"]["identifier"] == id)
        };
        let code_of = |item: &Json| text_of(item, "humanCodingScheme").or_else(|| text_of(item, "identifier"));
        let mut framework = Self { title, ..Self::default() };
        for item in items {
            let id = text_of(item, "identifier").unwrap_or_default();
            let code = code_of(item).ok_or(CaseFault::NoCode)?;
            let name = text_of(item, "fullStatement").unwrap_or_default();
            if has_children(&id) {
                framework.domains.push((code, name));
                continue;
            }
            let parent = parent_of(&id).unwrap_or_default();
            let domain = items.iter().find(|item| item["identifier"] == parent.as_str()).and_then(code_of);
            framework.competencies.push(Item {
                code,
                name,
                domain: domain.unwrap_or_default(),
                levels: levels(&package, &id),
            });
        }
        Ok(framework)
    }
}

/// The levels of an item, by position.
fn levels(package: &Json, item: &str) -> Vec<String> {
    let list = |value: &Json| value.as_array().cloned().unwrap_or_default();
    let criteria =
        list(&package["CFRubrics"]).iter().flat_map(|rubric| list(&rubric["CFRubricCriteria"])).collect::<Vec<_>>();
    let own = criteria.iter().find(|criterion| criterion["CFItemURI"]["identifier"] == item);
    let mut levels = own.map(|criterion| list(&criterion["CFRubricCriterionLevels"])).unwrap_or_default();
    levels.sort_by_key(|level| level["position"].as_i64());
    levels.iter().filter_map(|level| text_of(level, "description")).collect()
}

fn text_of(value: &Json, key: &str) -> Option<String> {
    value[key].as_str().filter(|text| !text.trim().is_empty()).map(str::to_owned)
}

/// A UUID that only the name decides (version 8: FNV-1a of 128 bits), so that a second export has the same.
fn identifier(name: &str) -> String {
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013B;
    let hash = name.bytes().fold(0x6C62_272E_07BB_0142_62B8_2175_6295_C58D_u128, |hash, byte| {
        (hash ^ u128::from(byte)).wrapping_mul(PRIME)
    });
    let mut bytes = hash.to_be_bytes();
    bytes[6] = bytes[6] & 0x0F | 0x80;
    bytes[8] = bytes[8] & 0x3F | 0x80;
    jc_base::RecordId(bytes).to_string()
}

#[cfg(test)]
mod tests {
    use super::{CaseFault, Framework, identifier};
    use jc_base::Lang;

    fn shipped(lang: Lang) -> Framework {
        let (catalog, _) = jc_catalog::load(&jc_catalog::shipped());
        Framework::of(&catalog.expect("a sound catalog").pathways[0], lang)
    }

    #[test]
    fn what_goes_out_comes_in_again() {
        for lang in Lang::ALL {
            let framework = shipped(lang);
            let package = framework.write("https://example.edu.cn", lang, "2026-11-26T00:00:00+00:00");
            assert_eq!(Framework::read(&package.to_string()), Ok(framework));
        }
    }

    #[test]
    fn identifiers_are_the_same_in_every_language() {
        let ids = |lang| {
            let package = shipped(lang).write("https://example.edu.cn", lang, "2026-11-26T00:00:00+00:00");
            let items = package["CFItems"].as_array().expect("items").clone();
            items.iter().map(|item| item["identifier"].to_string()).collect::<Vec<_>>()
        };
        assert_eq!(ids(Lang::Zh), ids(Lang::De));
        assert_eq!(identifier("document").len(), 36);
        assert_eq!(identifier("document").as_bytes()[14], b'8');
    }

    #[test]
    fn what_is_no_framework_says_why() {
        for (text, fault) in [
            ("a", CaseFault::NoJson),
            ("{}", CaseFault::NoDocument),
            (r#"{"CFDocument":{"title":"t"}}"#, CaseFault::NoItems),
            (r#"{"CFDocument":{"title":"t"},"CFItems":[{}]}"#, CaseFault::NoCode),
        ] {
            assert_eq!(Framework::read(text), Err(fault));
        }
    }
}
