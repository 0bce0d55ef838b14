//! What workbooks of all kinds come to.

use crate::support::{rows, xlsx, zip};

#[test]
fn xlsx_cells_are_read_as_people_see_them() {
    let styles = r#"<numFmts><numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/><numFmt numFmtId="171" formatCode="00000000"/></numFmts>
        <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
        <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/><xf numFmtId="10"/><xf numFmtId="20"/></cellXfs>"#;
    let strings = "<si><t>学号</t></si><si><r><t>姓</t></r><r><t xml:space=\"preserve\">名 </t></r><rPh sb=\"0\" eb=\"1\"><t>xing</t></rPh></si><si/>";
    let sheet = r#"
        <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row>
        <row r="3"><c r="A3"><v>20240901</v></c><c r="C3"><v>0.10000000000000001</v></c><c r="D3" s="1"><v>45536</v></c><c r="E3" s="2"><v>45536.354166666664</v></c></row>
        <row r="4"><c r="A4" s="3"><v>1234</v></c><c r="B4" s="4"><v>0.99260000000000004</v></c><c r="C4" s="5"><v>0.35416666666666669</v></c><c r="D4" t="b"><v>1</v></c><c r="E4" t="e"><v>#N/A</v></c></row>
        <row r="5" spans="1:2"/>
        <row r="6"><c r="A6" t="inlineStr"><is><t>=1+1&amp;"x"</t></is></c><c r="B6" t="str"><f>A1&amp;"x"</f><v>甲x</v></c><c r="C6"><f>1/3</f><v>0.33333333333333331</v></c><c r="D6" t="d"><v>2024-09-01T08:30:00</v></c><c r="E6" s="1"/><c r="F6"><f>1+1</f></c><c r="G6"><f>1+1</f><v></v></c><c r="H6"><f>1+1</f><v/></c><c r="I6" t="str"><f>""</f><v></v></c></row>
        <row><c><v>1.5E3</v></c><c><v>330482199901011230</v></c></row>"#;
    assert_eq!(
        rows("x.xlsx", xlsx(sheet, strings, styles)),
        "[表]\n1:学号|姓名 \n3:20240901||0.1|2024-09-01|2024-09-01 08:30\n4:00001234|99.26%|08:30|TRUE|#N/A\n6:=1+1&\"x\"|甲x|0.333333333333333|2024-09-01 08:30||=?|=?|=?\n7:1500|330482199901011000"
    );
}

#[test]
fn prefixes_and_1904_are_understood() {
    let parts = [
        (
            "xl/workbook.xml",
            r#"<x:workbook xmlns:x="m"><x:workbookPr date1904="1"/><x:sheets><x:sheet name="a" state="hidden" r:id="r1"/><x:sheet name="chart" r:id="r9"/></x:sheets></x:workbook>"#,
        ),
        (
            "xl/_rels/workbook.xml.rels",
            r#"<Relationships><Relationship Id="r1" Type="x/worksheet" Target="/xl/S.xml"/><Relationship Id="r3" Type="x/styles" Target="styles.xml"/><Relationship Id="r9" Type="x/chartsheet" Target="c.xml"/></Relationships>"#,
        ),
        (
            "xl/s.xml",
            r#"<x:worksheet><x:sheetData><x:row r="2"><x:c r="B2" s="0"><x:v>44074</x:v></x:c></x:row></x:sheetData></x:worksheet>"#,
        ),
        ("xl/styles.xml", r#"<s><cellXfs><xf numFmtId="31"/></cellXfs></s>"#),
    ];
    assert_eq!(rows("x.xlsx", zip(&parts)), "[a hidden]\n2:|2024-09-01");
}

#[test]
fn ods_is_read() {
    let content = r#"<office:document-content><office:body><office:spreadsheet>
        <table:table table:name="甲"><table:table-column/><table:table-row><table:table-cell office:value-type="string"><text:p>学号</text:p></table:table-cell><table:table-cell table:number-columns-repeated="2" office:value-type="string"><text:p>多<text:s text:c="2"/>行</text:p><text:p>二</text:p><office:annotation><text:p>批注</text:p></office:annotation></table:table-cell><table:table-cell table:number-columns-repeated="16381"/></table:table-row>
        <table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
        <table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="float" office:value="95.5"><text:p>95.50</text:p></table:table-cell><table:table-cell office:value-type="date" office:date-value="2024-09-01"><text:p>1.9.24</text:p></table:table-cell><table:table-cell office:value-type="percentage" office:value="0.5"/><table:table-cell office:value-type="boolean" office:boolean-value="true"/><table:table-cell office:value-type="time" office:time-value="PT08H30M00S"/><table:table-cell office:value-type="float" office:value="0"><text:p>#REF!</text:p></table:table-cell></table:table-row>
        <table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>
        <table:table table:name="乙"/></office:spreadsheet></office:body></office:document-content>"#;
    let parts = [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", "<m/>"),
        ("content.xml", content),
    ];
    assert_eq!(
        rows("x.ods", zip(&parts)),
        "[甲]\n1:学号|多  行\n二|多  行\n二\n5:95.5|2024-09-01|50%|TRUE|08:30|#REF!\n6:95.5|2024-09-01|50%|TRUE|08:30|#REF!\n[乙]"
    );
    let locked = [("META-INF/manifest.xml", "<m><encryption-data/></m>"), ("content.xml", "x")];
    assert_eq!(rows("x.ods", zip(&locked)), "INT-005 x.ods");
}

#[test]
fn what_excel_writes_is_read_as_another_reader_reads_it() {
    use calamine::{Data, Reader};
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for row in 0..50u32 {
        for column in 0..12u16 {
            match (row + u32::from(column)) % 4 {
                0 => sheet.write_string(row, column, format!("文{row}<&>\"{column}")).unwrap(),
                1 => sheet.write_number(row, column, f64::from(row) * 1.1).unwrap(),
                2 => sheet.write_boolean(row, column, row % 2 == 0).unwrap(),
                _ => sheet.write_number(row, column, f64::from(row)).unwrap(),
            };
        }
    }
    let bytes = workbook.save_to_buffer().unwrap();
    let mut other =
        calamine::open_workbook_from_rs::<calamine::Xlsx<_>, _>(std::io::Cursor::new(bytes.clone())).unwrap();
    let range = other.worksheet_range_at(0).unwrap().unwrap();
    let lines: Vec<String> = (1..)
        .zip(range.rows())
        .map(|(number, row)| {
            let cells = row.iter().map(|cell| match cell {
                Data::Float(n) => ((n * 1e10).round() / 1e10).to_string(),
                Data::Bool(b) => b.to_string().to_uppercase(),
                other => other.to_string(),
            });
            format!("{number}:{}", cells.collect::<Vec<_>>().join("|"))
        })
        .collect();
    assert_eq!(rows("x.xlsx", bytes), format!("[Sheet1]\n{}", lines.join("\n")));
}

/// `old.xls` was written by the Python package xlwt: a merged title, headings, dates, shares, formulas, a hidden sheet.
#[test]
fn xls_is_read() {
    let shown = rows("x.xls", include_bytes!("old.xls"));
    let expected = "[学生名册]
1:学生名册（示例）
2:学号|姓名|出生日期|成绩|住校|合计
3:20220101|张三|2006-01-02|95.5|TRUE
4:20220102|李四|2006-01-03|95.8333333333333|FALSE
5:20220103|王五䶮𠮷|2006-01-04|96.1666666666667|TRUE
6:|||99.26%
[hidden hidden]
1:";
    assert_eq!(shown, format!("{expected}{}", "x".repeat(300)));
}
