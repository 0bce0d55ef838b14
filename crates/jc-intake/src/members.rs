//! Several names in one cell, and a number in brackets behind a name.

/// The members of a cell: set apart by `、 , ; /`, line breaks or two spaces, empty ones left out.
pub(crate) fn split(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let now = rest?;
        let apart = now.char_indices().find_map(|(at, c)| {
            let length = c.len_utf8();
            match c {
                ',' | '，' | '、' | ';' | '；' | '/' | '／' | '\n' | '\r' | '\t' | '|' => Some((at, length)),
                // A single space is padding inside a name; two set names apart.
                ' ' | '\u{3000}' => {
                    let spaces: usize =
                        now.get(at..)?.chars().take_while(|c| matches!(c, ' ' | '\u{3000}')).map(char::len_utf8).sum();
                    (spaces > length).then_some((at, spaces))
                }
                _ => None,
            }
        });
        match apart {
            Some((at, length)) => {
                rest = now.get(at + length..);
                now.get(..at)
            }
            None => rest.take(),
        }
    })
    .map(str::trim)
    .filter(|member| !member.is_empty())
}

/// `张三(20220101)` as the name and the number in the closing brackets.
pub(crate) fn bracketed(text: &str) -> Option<(&str, &str)> {
    let inner = text.trim_end().strip_suffix([')', '）', ']', '】'])?;
    let at = inner.rfind(['(', '（', '[', '【'])?;
    let (name, number) = inner.split_at_checked(at)?;
    let number = number.trim_start_matches(['(', '（', '[', '【']).trim();
    (!number.is_empty()).then_some((name.trim(), number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_split() {
        for (text, members) in [
            ("张三、李四，王五;赵六/孙七", vec!["张三", "李四", "王五", "赵六", "孙七"]),
            ("张三\n李四\r\n", vec!["张三", "李四"]),
            ("张三  李四　　王五", vec!["张三", "李四", "王五"]),
            ("王 明、 李　华", vec!["王 明", "李　华"]),
            ("、，", vec![]),
            ("", vec![]),
            ("张三(20220101)、李四（20220102）", vec!["张三(20220101)", "李四（20220102）"]),
        ] {
            assert_eq!(split(text).collect::<Vec<_>>(), members, "{text}");
        }
    }

    #[test]
    fn numbers_in_brackets_are_found() {
        assert_eq!(bracketed("张三(20220101)"), Some(("张三", "20220101")));
        assert_eq!(bracketed("张三（ 20220101 ）"), Some(("张三", "20220101")));
        for none in ["张三", "张三()", "(张三", ")", ""] {
            assert_eq!(bracketed(none), None, "{none}");
        }
    }
}
