//! Evidence gathered in files: one paper that speaks for a class, a session or a contest.

use crate::SampleEvidence;
use crate::paper::pdf;
use std::collections::BTreeMap;

/// Collects records under the paper that proves them.
pub(super) struct Papers {
    register: &'static str,
    /// By kind and title: the keys of the records.
    papers: BTreeMap<(&'static str, String), Vec<Vec<String>>>,
}

impl Papers {
    pub(super) fn new(register: &'static str) -> Self {
        Self { register, papers: BTreeMap::new() }
    }

    /// Says that the paper of this title is evidence of a record.
    pub(super) fn prove(&mut self, kind: &'static str, title: String, key: Vec<String>) {
        self.papers.entry((kind, title)).or_default().push(key);
    }

    /// The papers as files, in the order of kind and title.
    pub(super) fn finish(self) -> Vec<SampleEvidence> {
        let register = self.register;
        let file = |((kind, title), keys): ((&'static str, String), Vec<Vec<String>>)| {
            let lines = [
                format!("内容：{title}"),
                format!("涉及记录：{} 条", keys.len()),
                "出具：示例技师学院（合成数据）".to_owned(),
            ];
            SampleEvidence { bytes: pdf(&title, &lines), name: format!("{title}.pdf"), kind, register, keys }
        };
        self.papers.into_iter().map(file).collect()
    }
}
