pragma application_id = 1704165323;
analyze sqlite_schema;
CREATE TABLE account (
  school_id integer not null,
  id integer primary key,
  login text not null,
  name text not null,
  role text not null,
  office text,
  password text,
  state text not null,
  created_at integer not null
) strict;
CREATE TABLE account_link (
  school_id integer not null,
  mark blob not null,
  account_id integer not null,
  provider text not null,
  linked_at integer not null,
  primary key (school_id, mark)
) strict, without rowid;
CREATE TABLE account_tie (
  school_id integer not null,
  account_id integer not null,
  scope text not null,
  register text not null,
  record_id integer not null,
  primary key (school_id, account_id, scope, register, record_id)
) strict, without rowid;
CREATE TABLE api_token (
  school_id integer not null,
  token blob not null,
  id integer not null,
  account_id integer not null,
  name text not null,
  may text not null,
  created_at integer not null,
  until integer not null,
  seen_at integer not null,
  primary key (school_id, token)
) strict, without rowid;
CREATE TABLE approval (
  school_id integer not null,
  id integer primary key,
  account_id integer not null,
  asked_by text not null,
  register text not null,
  record_id integer not null,
  field text not null,
  reason text not null,
  asked_at integer not null,
  decided_at integer,
  decided_by text,
  until_at integer
) strict;
CREATE TABLE audit (
  school_id integer not null,
  seq integer not null,
  at integer not null,
  actor text not null,
  action text not null,
  object text not null,
  detail text not null,
  algorithm text not null,
  hash text not null,
  primary key (school_id, seq)
) strict, without rowid;
CREATE TABLE audit_head (
  school_id integer not null,
  seq integer not null,
  hash text not null,
  last_number integer not null,
  primary key (school_id)
) strict, without rowid;
CREATE TABLE checked_text (
  school_id integer not null,
  id integer primary key,
  account_id integer,
  made_by text not null,
  title text not null,
  kind text not null,
  year integer not null,
  changed_at integer not null,
  content text not null,
  verdicts text not null
) strict;
CREATE TABLE detached_evidence (
  school_id integer not null,
  register text not null,
  record_id integer not null,
  sha256 text not null,
  kind text not null,
  seq integer not null,
  name text not null,
  until_seq integer not null,
  primary key (school_id, register, record_id, sha256, kind, seq)
) strict, without rowid;
CREATE TABLE done_once (
  school_id integer not null,
  actor text not null,
  once text not null,
  at integer not null,
  result text not null,
  primary key (school_id, actor, once)
) strict, without rowid;
CREATE TABLE erased_version (
  school_id integer not null,
  register text not null,
  record_id integer not null,
  version integer not null,
  seq integer not null,
  was blob not null,
  remains blob not null,
  primary key (school_id, register, record_id, version, seq)
) strict, without rowid;
CREATE TABLE evidence (
  school_id integer not null,
  sha256 text not null,
  media_type text not null,
  size_bytes integer not null,
  seq integer not null,
  primary key (school_id, sha256)
) strict, without rowid;
CREATE TABLE history (
  school_id integer not null,
  register text not null,
  record_id integer not null,
  version integer not null,
  seq integer not null,
  body text not null,
  primary key (school_id, register, record_id, version)
) strict, without rowid;
CREATE TABLE import_mapping (
  school_id integer not null,
  register text not null,
  shape text not null,
  content text not null,
  primary key (school_id, register, shape)
) strict, without rowid;
CREATE TABLE jc_catalog_file (
  path text not null,
  content text not null,
  primary key (path)
) strict, without rowid;
CREATE TABLE jc_setting (
  name text not null,
  content text not null,
  primary key (name)
) strict, without rowid;
CREATE TABLE page (
  school_id integer not null,
  register text not null,
  page text not null,
  version integer not null,
  records integer not null,
  unproved integer not null,
  sum blob not null,
  digest text not null,
  changed_at integer not null,
  primary key (school_id, register, page)
) strict, without rowid;
CREATE TABLE page_total (
  school_id integer not null,
  register text not null,
  page text not null,
  slice text not null,
  slice_value text not null,
  measure text not null,
  state integer not null,
  value integer not null,
  unknown integer not null,
  primary key (school_id, register, page, slice, slice_value, measure, state)
) strict, without rowid;
CREATE TABLE r_award (
  school_id integer not null,
  id integer primary key,
  state integer not null,
  version integer not null,
  seq integer not null,
  keeper any,
  note text,
  page text,
  digest blob not null,
  line integer,
  f_no text,
  f_on text,
  f_captain integer,
  f_city integer,
  f_hours integer,
  c_captain__department integer,
  c_captain__sex text,
  search text
) strict;
CREATE TABLE r_award__f_team (
  school_id integer not null,
  record_id integer not null,
  position integer not null,
  member_id integer not null,
  primary key (school_id, record_id, position)
) strict, without rowid;
CREATE TABLE r_department (
  school_id integer not null,
  id integer primary key,
  state integer not null,
  version integer not null,
  seq integer not null,
  keeper any,
  note text,
  page text,
  digest blob not null,
  line integer,
  f_code text,
  f_name text,
  search text
) strict;
CREATE TABLE r_event (
  school_id integer not null,
  id integer primary key,
  state integer not null,
  version integer not null,
  seq integer not null,
  keeper any,
  note text,
  page text,
  digest blob not null,
  line integer,
  f_person integer,
  f_on text,
  f_status text
) strict;
CREATE TABLE r_holder (
  school_id integer not null,
  id integer primary key,
  state integer not null,
  version integer not null,
  seq integer not null,
  keeper any,
  note text,
  page text,
  digest blob not null,
  line integer,
  f_no text,
  f_id_number blob,
  search text
) strict;
CREATE TABLE r_person (
  school_id integer not null,
  id integer primary key,
  state integer not null,
  version integer not null,
  seq integer not null,
  keeper any,
  note text,
  page text,
  digest blob not null,
  line integer,
  f_no text,
  f_name text,
  f_department integer,
  f_sex text,
  f_joined_on text,
  f_left_on text,
  search text
) strict;
CREATE TABLE record_evidence (
  school_id integer not null,
  register text not null,
  record_id integer not null,
  sha256 text not null,
  kind text not null,
  name text not null,
  seq integer not null,
  primary key (school_id, register, record_id, sha256, kind)
) strict, without rowid;
CREATE TABLE record_view (
  school_id integer not null,
  register text not null,
  record_id integer not null,
  seq integer not null,
  primary key (school_id, register, record_id, seq)
) strict, without rowid;
CREATE TABLE report_code (
  school_id integer not null,
  code text not null,
  seq integer not null,
  content text not null,
  primary key (school_id, code)
) strict, without rowid;
CREATE TABLE report_text (
  school_id integer not null,
  report text not null,
  chapter text not null,
  version integer not null,
  seq integer not null,
  content text not null,
  primary key (school_id, report, chapter, version)
) strict, without rowid;
CREATE TABLE restated_record (
  school_id integer not null,
  register text not null,
  page text not null,
  number integer not null,
  of_register text not null,
  record_id integer not null,
  was integer,
  became integer not null,
  primary key (school_id, register, page, number, of_register, record_id, became)
) strict, without rowid;
CREATE TABLE restated_total (
  school_id integer not null,
  register text not null,
  page text not null,
  number integer not null,
  slice text not null,
  slice_value text not null,
  measure text not null,
  value integer not null,
  unknown integer not null,
  primary key (school_id, register, page, number, slice, slice_value, measure)
) strict, without rowid;
CREATE TABLE restatement (
  school_id integer not null,
  register text not null,
  page text not null,
  number integer not null,
  seq integer not null,
  cause text not null,
  reason text not null,
  page_version integer not null,
  digest text not null,
  at integer not null,
  actor text not null,
  primary key (school_id, register, page, number)
) strict, without rowid;
CREATE TABLE school (
  school_id integer not null,
  name text not null,
  synthetic integer not null,
  created_at integer not null,
  primary key (school_id)
) strict, without rowid;
CREATE TABLE seal (
  school_id integer not null,
  register text not null,
  page text not null,
  seq integer not null,
  page_version integer not null,
  catalog text not null,
  definitions text not null,
  records integer not null,
  digest text not null,
  totals text not null,
  draft integer not null,
  submitted integer not null,
  returned integer not null,
  without_evidence integer not null,
  closed_at integer not null,
  closed_by text not null,
  key_id text not null,
  signature text not null,
  primary key (school_id, register, page)
) strict, without rowid;
CREATE TABLE sealed_text (
  school_id integer not null,
  digest text not null,
  body text not null,
  primary key (school_id, digest)
) strict, without rowid;
CREATE TABLE sealed_total (
  school_id integer not null,
  register text not null,
  page text not null,
  era text not null,
  slice text not null,
  slice_value text not null,
  measure text not null,
  state integer not null,
  value integer not null,
  unknown integer not null,
  primary key (school_id, register, page, era, slice, slice_value, measure, state)
) strict, without rowid;
CREATE TABLE second_factor (
  school_id integer not null,
  account_id integer not null,
  secret blob not null,
  confirmed integer not null,
  last_step integer not null,
  recovery text not null,
  primary key (school_id, account_id)
) strict, without rowid;
CREATE TABLE session (
  school_id integer not null,
  token blob not null,
  account_id integer not null,
  created_at integer not null,
  seen_at integer not null,
  primary key (school_id, token)
) strict, without rowid;
CREATE TABLE sign_in_failure (
  school_id integer not null,
  name text not null,
  failures integer not null,
  last_at integer not null,
  primary key (school_id, name)
) strict, without rowid;
CREATE TABLE signing_key (
  school_id integer not null,
  key_id text not null,
  content text not null,
  created_at integer not null,
  primary key (school_id, key_id)
) strict, without rowid;
CREATE TABLE visit (
  school_id integer not null,
  account_id integer not null,
  at integer not null,
  figures text not null,
  before_at integer,
  before_figures text,
  primary key (school_id, account_id)
) strict, without rowid;
CREATE UNIQUE INDEX i1_account on account (school_id, login);
CREATE INDEX i1_account_link on account_link (school_id, account_id);
CREATE INDEX i1_api_token on api_token (school_id, account_id);
CREATE INDEX i1_approval on approval (school_id, account_id, record_id);
CREATE INDEX i1_checked_text on checked_text (school_id, changed_at);
CREATE INDEX i1_r_award__f_team on r_award__f_team (school_id, member_id);
CREATE INDEX i1_restated_record on restated_record (school_id, of_register, record_id);
CREATE UNIQUE INDEX r_award_key on r_award (school_id, f_no);
CREATE INDEX r_award_page on r_award (school_id, page);
CREATE INDEX r_award_r2 on r_award (school_id, f_captain);
CREATE UNIQUE INDEX r_department_key on r_department (school_id, f_code);
CREATE UNIQUE INDEX r_event_key on r_event (school_id, f_person, f_on);
CREATE INDEX r_event_page on r_event (school_id, page);
CREATE UNIQUE INDEX r_holder_key on r_holder (school_id, f_no);
CREATE UNIQUE INDEX r_holder_u1 on r_holder (school_id, substr(f_id_number, 1, 16));
CREATE UNIQUE INDEX r_person_key on r_person (school_id, f_no);
CREATE INDEX r_person_page on r_person (school_id, f_joined_on);
CREATE INDEX r_person_r2 on r_person (school_id, f_department);
insert into audit values (1, 1, 1736380800000, 'keeper', 'record.put', 'department', '{"new":1,"changed":0,"set":"c22a7e1b2b73c2798580695cbe0627a97988ad5bcfd1ab1939bfcc145cfa31ba","pages":[["department","all",1,"c22a7e1b2b73c2798580695cbe0627a97988ad5bcfd1ab1939bfcc145cfa31ba"]]}', 'hmac-sha256', 'b29d644696d994b2d9f27ff0ebf334c5ffd40e0a483c9180895e816051b5ed54');
insert into audit values (1, 2, 1736380800000, 'keeper', 'record.put', 'person', '{"new":1,"changed":0,"set":"2c01b1681d13486cf3968b4a967b917e0f1e13231b93a730d55bc331497c49c6","pages":[["person","2022",1,"2c01b1681d13486cf3968b4a967b917e0f1e13231b93a730d55bc331497c49c6"],["person","2023",1,"2c01b1681d13486cf3968b4a967b917e0f1e13231b93a730d55bc331497c49c6"],["person","2024",1,"2c01b1681d13486cf3968b4a967b917e0f1e13231b93a730d55bc331497c49c6"],["person","2025",1,"2c01b1681d13486cf3968b4a967b917e0f1e13231b93a730d55bc331497c49c6"]]}', 'hmac-sha256', '3540a5342552047b0e20d578f1a4a162fd221a10feb78cbb638832d5ff91c6f9');
insert into audit values (1, 3, 1736380800000, 'keeper', 'record.put', 'event', '{"new":1,"changed":0,"set":"8029ea74e5d4c6646818097b1db58ef971f66b8569de95435bdfedb5ef05c976","pages":[["person","2022",2,"2c01b1681d13486cf3968b4a967b917e0f1e13231b93a730d55bc331497c49c6"],["person","2023",2,"2c01b1681d13486cf3968b4a967b917e0f1e13231b93a730d55bc331497c49c6"],["person","2024",2,"2c01b1681d13486cf3968b4a967b917e0f1e13231b93a730d55bc331497c49c6"],["person","2025",2,"2c01b1681d13486cf3968b4a967b917e0f1e13231b93a730d55bc331497c49c6"],["event","2022",1,"8029ea74e5d4c6646818097b1db58ef971f66b8569de95435bdfedb5ef05c976"]]}', 'hmac-sha256', 'a04ff26d8832cfe9f424f25508eecef2a7d061142eee1c5a5bfe88d8ccc39612');
insert into audit values (1, 4, 1736380800000, 'keeper', 'record.put', 'award', '{"new":1,"changed":0,"set":"633dca4e06a6fd648ef0c370b40f3b5e0d23c6fe2bb190b0da4ebb27ff2fb9be","pages":[["award","2023",1,"633dca4e06a6fd648ef0c370b40f3b5e0d23c6fe2bb190b0da4ebb27ff2fb9be"]]}', 'hmac-sha256', 'a6c11cfea4a95a9455187174bd7a726062b9a2095a9b21ca627f455901cce77b');
insert into audit values (1, 5, 1736380800000, 'keeper', 'record.put', 'award', '{"new":1,"changed":0,"set":"c66094b1c59890d513d7fb9620db67f82a804c49e7d9863a773fb72372e384c5","pages":[["award","2023",2,"1ab4fd7eae92d798fb652ffa315ea13305a3ae31f1881527babea99bf59ca8d5"]]}', 'hmac-sha256', '2b2503ea2a4b3b9526b2da365e913a4c95158791550498d14847eba9c246954a');
insert into audit values (1, 6, 1736380800000, 'keeper', 'record.put', 'award', '{"new":0,"changed":1,"set":"2693b04167d92bbf26dd18f84b168927d1282946675f3847258e6f8de90e533d","pages":[["award","2023",3,"9e80eaece7b78db3a61928b211d79917d0b32b19542913e5a510807099a0e480"]]}', 'hmac-sha256', '8df4550d9962557649535f8108dce7883449f155c5ea99f6cb923d2285de145d');
insert into audit values (1, 7, 1736380800000, 'keeper', 'record.put', 'holder', '{"new":1,"changed":0,"set":"1cfb0e152e7556f33978c110dd93a2aeccf057f990f6a4d45a97ed3f11035658","pages":[["holder","all",1,"1cfb0e152e7556f33978c110dd93a2aeccf057f990f6a4d45a97ed3f11035658"]]}', 'hmac-sha256', '9306473dcd4a390e5f22309db1dee3f7d9a8e37f840d1063fd6e7379bdc0c5b6');
insert into audit values (1, 8, 1736380800000, 'keeper', 'record.put', 'holder', '{"new":1,"changed":0,"set":"b9cb96f884ab48a75124c23c444e137b722ef8fe8982b10d21776b50ce22cada","pages":[["holder","all",2,"d49b6b05274472f20602290abb7c8e4e879c46651b36bce2ec7738f470b64658"]]}', 'hmac-sha256', '814c1c50aed3fa3ef232bf10666101c580bf3ad327646da036f6b140cd6d0c50');
insert into audit values (1, 9, 1736380800000, 'keeper', 'evidence.attach', 'award', '{"proof":"7093818d5d6aa4950fabacd68e0ed072d98b677e747711d49957e9311ed5fca8"}', 'hmac-sha256', '4ea44afceafa3e1f3a461eff0f120b4506b512a022a6bcf7d54f38de69201e5e');
insert into audit values (1, 10, 1736380800000, 'keeper', 'page.close', 'award', '{"seals":[["award","2023","c8f6c742bc22dfff386879b58b021613f5ef2b70db40b544175b94088a5d8815","7599776c3085e3f9"]]}', 'hmac-sha256', '3b9bd5f8b653909bc6cfaed9e07435bd5ff23edf87bbb13c00d31b692553de54');
insert into audit values (1, 11, 1736380800000, 'keeper', 'data.erase', 'holder', '{"erased":"a65ea599618f82e30b2b57e85814c16cf6d9fa1933d30ba63a57f8ca4f986cfd","versions":1,"records":1,"new":0,"changed":1,"set":"7d5f2912c8dbc60bdf26d119d97dfe0f9674ec6409f0eda7917d0ea234d2d717","pages":[["holder","all",3,"e79981acd39ec2fa9df06357088074a53019c75bb9178d63e786dd7d6a31c6c5"]]}', 'hmac-sha256', 'dcf091dd5b7dd7ff2e81a3bf6fcbc920006562fadccfa2b609a3aa6ec407601f');
insert into audit_head values (1, 11, 'dcf091dd5b7dd7ff2e81a3bf6fcbc920006562fadccfa2b609a3aa6ec407601f', 664981733376000007);
insert into erased_version values (1, 'holder', 664981733376000007, 1, 11, X'A03D16EBD627675564A600F8FB367FB78FC6861A97B25C002B1EBDE9C957BBAF93BF9EC2F9E6BF0398433D62A7EA05C661516850D47C48FDA16A88FAC1DB185A13E3CDFD746CBE3B57B54962343FF551120C0423275BD6703CF93394E103B56AE2731653E709649A1CB9AB681153F478880B54AA4F7A259342FEE48DACE08FC4A46B149946034A7355E2FBD14FAC5071C0EF3F25C3CF004CDA3A96EB6BDCF15B4E53D4440F9CF4E226C4D2686562F6BF1A1FD8367AFD5CDB0C9F1C45E143BEEA2D0968551269970BB56F20E54B309E4B4DF04C537F47F65992ED708D2DC1DA9B1C6ABE0BD3A3F3A2FE32E7F37A3D0BBA9813C2A74FC654A9349185BDAC5AD46B', X'9BFF2D29EE2A2A6C5AC6B3B571DCCDA7');
insert into evidence values (1, '9c6506badd9931c91d2fddf0033e53edaaa6bb6c9f5016ba2905ba0b0d8d4b7a', 'application/pdf', 13, 9);
insert into history values (1, 'award', 664981733376000004, 1, 4, '{"values":{"hours":30}}');
insert into history values (1, 'holder', 664981733376000007, 1, 8, '{"values":{}}');
insert into jc_catalog_file values ('base/department.toml', '
[register]
id = "department"
name = { zh = "院系", en = "Department", de = "Abteilung" }
key = ["code"]
label = ["name"]
kept_by = "a"
verified_by = "b"
[[field]]
id = "code"
type = "text"
name = { zh = "代码", en = "Code", de = "Kürzel" }
required = true
[[field]]
id = "name"
type = "text"
name = { zh = "名称", en = "Name", de = "Name" }
');
insert into jc_catalog_file values ('base/event.toml', '
[register]
id = "event"
name = { zh = "异动", en = "Event", de = "Ereignis" }
key = ["person", "on"]
period = { on = "on", kind = "year" }
kept_by = "a"
verified_by = "b"
[[field]]
id = "person"
type = "ref:person"
name = { zh = "学生", en = "Student", de = "Lernende" }
required = true
[[field]]
id = "on"
type = "date"
name = { zh = "日期", en = "Date", de = "Datum" }
required = true
[[field]]
id = "status"
type = "code:status"
name = { zh = "状态", en = "Status", de = "Status" }
');
insert into jc_catalog_file values ('base/holder.toml', '
[register]
id = "holder"
name = { zh = "持有人", en = "Holder", de = "Inhaber" }
key = ["no"]
kept_by = "a"
verified_by = "b"
[[field]]
id = "no"
type = "text"
name = { zh = "学号", en = "Number", de = "Nummer" }
required = true
[[field]]
id = "id_number"
type = "id-number"
name = { zh = "身份证号", en = "Identity number", de = "Ausweisnummer" }
unique = true
privacy = "sensitive"
');
insert into jc_catalog_file values ('base/person.toml', '
[register]
id = "person"
name = { zh = "学生", en = "Student", de = "Lernende" }
key = ["no"]
label = ["name"]
period = { from = "joined_on", until = "left_on", kind = "year" }
kept_by = "a"
verified_by = "b"
[register.slices]
department = "department"
[[field]]
id = "no"
type = "text"
name = { zh = "学号", en = "Number", de = "Nummer" }
required = true
[[field]]
id = "name"
type = "person-name"
name = { zh = "姓名", en = "Name", de = "Name" }
[[field]]
id = "department"
type = "ref:department"
name = { zh = "院系", en = "Department", de = "Abteilung" }
over_time = true
[[field]]
id = "sex"
type = "text"
name = { zh = "性别", en = "Sex", de = "Geschlecht" }
[[field]]
id = "joined_on"
type = "date"
name = { zh = "入学", en = "Joined", de = "Eintritt" }
required = true
[[field]]
id = "left_on"
type = "date"
name = { zh = "离校", en = "Left", de = "Austritt" }
[[measure]]
id = "in-school"
name = { zh = "在校", en = "In school", de = "An der Schule" }
count = "joined_on <= CENSUS AND (left_on IS NULL OR left_on >= CENSUS) AND LATEST(event.status) = ''in''"
unit = "person"
');
insert into jc_catalog_file values ('codes/status.toml', '
[list]
id = "status"
name = { zh = "状态", en = "Status", de = "Status" }
source = { document = "测试", checked = 2026-01-01 }
[[code]]
code = "in"
name = { zh = "在校", en = "In school", de = "An der Schule" }
[[code]]
code = "away"
name = { zh = "休学", en = "On leave", de = "Beurlaubt" }
');
insert into jc_catalog_file values ('offices.toml', '
[[office]]
id = "a"
name = { zh = "甲处", en = "A", de = "A" }
[[office]]
id = "b"
name = { zh = "乙处", en = "B", de = "B" }
');
insert into jc_catalog_file values ('training/award.toml', '
[register]
id = "award"
name = { zh = "获奖", en = "Awards", de = "Preise" }
key = ["no"]
period = { on = "on", kind = "year" }
kept_by = "a"
verified_by = "b"
[register.slices]
department = "captain.department"
[[field]]
id = "no"
type = "text"
name = { zh = "编号", en = "Number", de = "Nummer" }
required = true
[[field]]
id = "on"
type = "date"
name = { zh = "日期", en = "Date", de = "Datum" }
[[field]]
id = "captain"
type = "ref:person"
name = { zh = "队长", en = "Captain", de = "Kapitän" }
[[field]]
id = "team"
type = "refs:person"
name = { zh = "队员", en = "Team", de = "Team" }
[[field]]
id = "city"
type = "boolean"
name = { zh = "市级以上", en = "City", de = "Stadt" }
[[field]]
id = "hours"
type = "decimal:1"
name = { zh = "小时", en = "Hours", de = "Stunden" }
[[measure]]
id = "awards"
name = { zh = "项", en = "Awards", de = "Preise" }
count = "TRUE"
unit = "item"
[[measure]]
id = "city-awards"
name = { zh = "市级", en = "City", de = "Stadt" }
count = "city"
unit = "item"
[[measure]]
id = "winnings"
name = { zh = "人次", en = "Winnings", de = "Preise" }
members = "team"
unit = "person-times"
[[measure]]
id = "winners"
name = { zh = "人", en = "Winners", de = "Gewinner" }
distinct = "team"
where = "captain.sex = ''女''"
unit = "person"
[[measure]]
id = "hours"
name = { zh = "小时", en = "Hours", de = "Stunden" }
sum = "hours"
where = "city OR hours > 2"
unit = "hour"
');
insert into jc_catalog_file values ('units.toml', '
[[unit]]
id = "person"
name = { zh = "人", en = "people", de = "Personen" }
[[unit]]
id = "item"
name = { zh = "项", en = "items", de = "Posten" }
[[unit]]
id = "person-times"
name = { zh = "人次", en = "participations", de = "Teilnahmen" }
[[unit]]
id = "hour"
name = { zh = "小时", en = "hours", de = "Stunden" }
[[unit]]
id = "percent"
name = { zh = "%", en = "%", de = "%" }
');
insert into jc_setting values ('field-keys', '73fe21aef7af4e4a70f65bb02dcdd5bd');
insert into jc_setting values ('schema', '7');
insert into page values (1, 'award', '2023', 3, 2, 0, X'31C09EB6355475FB609665A0E1376806B367B9772F87F9A32D6D9070206D6C1BC3B18A8743934B37312068C35E8FB4E37271C56233624D286606C92D1D520184B41DB3996EECB2CA842C9D626B65EA3C844305E19793093ED8C3F84BCFDD7D8675D272445A1A265987920EFCE425A99E2ED71B2D046AB89BDFBD458A729B30002283518EBC7A85F941576BFC9D88182553168C332C9677A9326D84C11AF4AA3F3CBE02A09726E37821A53BFE482EB6243319588B3FE8C4B69E9671B539DB0029A5DF3E407A91065CF18E01EDAD2F5B0F71CDF899965F6E33B7307666B06C8D5E7024F142860731C32962286214840454384151DA0B1E983A9FBFDE18D08A45F8', '9e80eaece7b78db3a61928b211d79917d0b32b19542913e5a510807099a0e480', 1736380800000);
insert into page values (1, 'department', 'all', 1, 1, 0, X'FF532087FF69FAD3399D2B88E664E13D6DAA4F49D4E912DCCD708CBEFAA9A0B306153016D64A40723FAA5BF7AA2DC99D5D018B1D86E0AD95E4827F3DD27297730FA971EC47F5FE241462EBEEEB3847C07612B8761D021253090D14745FCCAAF69D01D361C713D4790ABF95717C18C049A5281497519F663072DFB72EC510FC2603A00501C2DEE49CA7310A387A2ACA0C100C0F92EC8FCBE601867C9E471886D57E78276192642AF3CB0AE3764A629568E77B04F941613C6F6929E59F6D26EFDAD0D9465AEEFF3CD2ECCC3FDB622A9C54828B08CD2F8AE3228AC8EE660C793213A49C96EF762F9CD9B6E155FA8DC67F76A49886FC4FBCFA0C5047A4230FA9BB46', 'c22a7e1b2b73c2798580695cbe0627a97988ad5bcfd1ab1939bfcc145cfa31ba', 1736380800000);
insert into page values (1, 'event', '2022', 1, 1, 0, X'D328DAD82D68C9176D1B3CEFAC49601B05B935CDF1576B1CEA4145280222743BBF9B0353AF6DAC9AAC00BF8AD4CC9CB46BFA6ED3FBF97D4B9709B62BED4E87440B693034CC46493B02F5202AC51A586C3AD065F0E59F78CA0A4088CBC17231F3ECD8FB48BEC7C70C1922042AA20CC290017B88C08AA43024340FE07743F254255177C92B59C6DB7C455CAE295CC190064F11965FC61CAC7D5F739E67269D2B35F2B8F65C6B09C6C487F0BCD4741E49638B6CF77DD31936CF7B08DD01A4A6AEEA01210C002F5B4A6D688395A6BFBE5987A6B49924EBA026714FEC7B5A1BFC2C26395B8FCE67C5812DC8446678F753BFF1A3F5511808BB3F47994A5DC942D480FC', '8029ea74e5d4c6646818097b1db58ef971f66b8569de95435bdfedb5ef05c976', 1736380800000);
insert into page values (1, 'holder', 'all', 3, 2, 0, X'E062F3B4FB467DE8104E655B8ECB04662B68E1C0FF687EDACA1A46274931CB91BFDF2E9822FACAF7F2F4A77EE16DD7E6C3399A14022250398AD07853B7349CC24FE29A0BE1C9501FD00C21F0875FE363F2F660E13D8D9EEE5376A0E082AE83C717C2230A6E8CF0EFD4FB06AD5DF3CA4093889D2AEDD0ACEAAC0A7970102BD5FEF6560261225844AC5F3FECA293A733C4A2D7305BFA41491C786AC19F714678792DC3A02FF9D4D101DDB85046368DCE9EB1C18AD8FA7194EA5A4E214B578A4136BDBB48EE9765AA80227D63907779E9BFC53D0F9BD80C1C3941AFB837810B16756E0B10070E6EBC31D9AA6698D1DE095A24AAED5D1AED71018296B867F3D8B499', 'e79981acd39ec2fa9df06357088074a53019c75bb9178d63e786dd7d6a31c6c5', 1736380800000);
insert into page values (1, 'person', '2022', 2, 1, 0, X'94D7EE5A1DE95954740BAB9B9FAB8B65F48EEDD892F198A3C17F2299D3178C2FC7CC44F5B1DA6D5B5B4A2FA7B06EBC9099D456B63C92EEA608E9FB94852150E39B5C059587B72A18F1EECA8102B3779D9BB26F2121998C482A5A74391A20C979E6FE00187F99C67F5E1DF4C8C37256B20FF618B5B32B7399759F2B435336092A92643835FFB94917F06E45FDF6D994D0FC36E1122EECA2C6A69727ED193073E8AB950CB37052C98B2DCE54AD3AC334AC3BE649D3846A2683BFF67788CF246182D5A1C8565339DEF8BBEB8F515FF596B9CD1FE4334E679E07789073E939390973D5B06A39500147251873DBAF11259ACF54CE6CBE5AE4549E2B63787FF48647E9', '2c01b1681d13486cf3968b4a967b917e0f1e13231b93a730d55bc331497c49c6', 1736380800000);
insert into page values (1, 'person', '2023', 2, 1, 0, X'94D7EE5A1DE95954740BAB9B9FAB8B65F48EEDD892F198A3C17F2299D3178C2FC7CC44F5B1DA6D5B5B4A2FA7B06EBC9099D456B63C92EEA608E9FB94852150E39B5C059587B72A18F1EECA8102B3779D9BB26F2121998C482A5A74391A20C979E6FE00187F99C67F5E1DF4C8C37256B20FF618B5B32B7399759F2B435336092A92643835FFB94917F06E45FDF6D994D0FC36E1122EECA2C6A69727ED193073E8AB950CB37052C98B2DCE54AD3AC334AC3BE649D3846A2683BFF67788CF246182D5A1C8565339DEF8BBEB8F515FF596B9CD1FE4334E679E07789073E939390973D5B06A39500147251873DBAF11259ACF54CE6CBE5AE4549E2B63787FF48647E9', '2c01b1681d13486cf3968b4a967b917e0f1e13231b93a730d55bc331497c49c6', 1736380800000);
insert into page values (1, 'person', '2024', 2, 1, 0, X'94D7EE5A1DE95954740BAB9B9FAB8B65F48EEDD892F198A3C17F2299D3178C2FC7CC44F5B1DA6D5B5B4A2FA7B06EBC9099D456B63C92EEA608E9FB94852150E39B5C059587B72A18F1EECA8102B3779D9BB26F2121998C482A5A74391A20C979E6FE00187F99C67F5E1DF4C8C37256B20FF618B5B32B7399759F2B435336092A92643835FFB94917F06E45FDF6D994D0FC36E1122EECA2C6A69727ED193073E8AB950CB37052C98B2DCE54AD3AC334AC3BE649D3846A2683BFF67788CF246182D5A1C8565339DEF8BBEB8F515FF596B9CD1FE4334E679E07789073E939390973D5B06A39500147251873DBAF11259ACF54CE6CBE5AE4549E2B63787FF48647E9', '2c01b1681d13486cf3968b4a967b917e0f1e13231b93a730d55bc331497c49c6', 1736380800000);
insert into page values (1, 'person', '2025', 2, 1, 0, X'94D7EE5A1DE95954740BAB9B9FAB8B65F48EEDD892F198A3C17F2299D3178C2FC7CC44F5B1DA6D5B5B4A2FA7B06EBC9099D456B63C92EEA608E9FB94852150E39B5C059587B72A18F1EECA8102B3779D9BB26F2121998C482A5A74391A20C979E6FE00187F99C67F5E1DF4C8C37256B20FF618B5B32B7399759F2B435336092A92643835FFB94917F06E45FDF6D994D0FC36E1122EECA2C6A69727ED193073E8AB950CB37052C98B2DCE54AD3AC334AC3BE649D3846A2683BFF67788CF246182D5A1C8565339DEF8BBEB8F515FF596B9CD1FE4334E679E07789073E939390973D5B06A39500147251873DBAF11259ACF54CE6CBE5AE4549E2B63787FF48647E9', '2c01b1681d13486cf3968b4a967b917e0f1e13231b93a730d55bc331497c49c6', 1736380800000);
insert into page_total values (1, 'award', '2023', '', '', '', 2, 2, 0);
insert into page_total values (1, 'award', '2023', '', '', 'awards', 2, 2, 0);
insert into page_total values (1, 'award', '2023', '', '', 'city-awards', 2, 2, 0);
insert into page_total values (1, 'award', '2023', '', '', 'hours', 2, 90, 0);
insert into page_total values (1, 'award', '2023', '', '', 'winners', 2, 1, 0);
insert into page_total values (1, 'award', '2023', '', '', 'winnings', 2, 2, 0);
insert into page_total values (1, 'award', '2023', 'department', '0194485c-5c00-7000-8010-000065937fcb', '', 2, 2, 0);
insert into page_total values (1, 'award', '2023', 'department', '0194485c-5c00-7000-8010-000065937fcb', 'awards', 2, 2, 0);
insert into page_total values (1, 'award', '2023', 'department', '0194485c-5c00-7000-8010-000065937fcb', 'city-awards', 2, 2, 0);
insert into page_total values (1, 'award', '2023', 'department', '0194485c-5c00-7000-8010-000065937fcb', 'hours', 2, 90, 0);
insert into page_total values (1, 'award', '2023', 'department', '0194485c-5c00-7000-8010-000065937fcb', 'winners', 2, 1, 0);
insert into page_total values (1, 'award', '2023', 'department', '0194485c-5c00-7000-8010-000065937fcb', 'winnings', 2, 2, 0);
insert into page_total values (1, 'department', 'all', '', '', '', 2, 1, 0);
insert into page_total values (1, 'event', '2022', '', '', '', 2, 1, 0);
insert into page_total values (1, 'holder', 'all', '', '', '', 2, 2, 0);
insert into page_total values (1, 'person', '2022', '', '', '', 2, 1, 0);
insert into page_total values (1, 'person', '2022', '', '', 'in-school', 2, 1, 0);
insert into page_total values (1, 'person', '2022', 'department', '0194485c-5c00-7000-8010-000065937fcb', '', 2, 1, 0);
insert into page_total values (1, 'person', '2022', 'department', '0194485c-5c00-7000-8010-000065937fcb', 'in-school', 2, 1, 0);
insert into page_total values (1, 'person', '2023', '', '', '', 2, 1, 0);
insert into page_total values (1, 'person', '2023', '', '', 'in-school', 2, 1, 0);
insert into page_total values (1, 'person', '2023', 'department', '0194485c-5c00-7000-8010-000065937fcb', '', 2, 1, 0);
insert into page_total values (1, 'person', '2023', 'department', '0194485c-5c00-7000-8010-000065937fcb', 'in-school', 2, 1, 0);
insert into page_total values (1, 'person', '2024', '', '', '', 2, 1, 0);
insert into page_total values (1, 'person', '2024', '', '', 'in-school', 2, 1, 0);
insert into page_total values (1, 'person', '2024', 'department', '0194485c-5c00-7000-8010-000065937fcb', '', 2, 1, 0);
insert into page_total values (1, 'person', '2024', 'department', '0194485c-5c00-7000-8010-000065937fcb', 'in-school', 2, 1, 0);
insert into page_total values (1, 'person', '2025', '', '', '', 2, 1, 0);
insert into page_total values (1, 'person', '2025', '', '', 'in-school', 2, 1, 0);
insert into page_total values (1, 'person', '2025', 'department', '0194485c-5c00-7000-8010-000065937fcb', '', 2, 1, 0);
insert into page_total values (1, 'person', '2025', 'department', '0194485c-5c00-7000-8010-000065937fcb', 'in-school', 2, 1, 0);
insert into r_award values (1, 664981733376000004, 2, 2, 6, X'07070707070707070707070707070707', NULL, '2023', X'DBC218FEF1E0D257D60D60F5BA7B2D6F', NULL, 'A1', '2023-05-01', 664981733376000002, 1, 40, 664981733376000001, '女', NULL);
insert into r_award values (1, 664981733376000005, 2, 1, 5, X'07070707070707070707070707070707', NULL, '2023', X'56FD85B84373A2A38A8805AB26BC3A97', NULL, 'A2', '2023-06-01', 664981733376000002, 1, 50, 664981733376000001, '女', NULL);
insert into r_award__f_team values (1, 664981733376000004, 0, 664981733376000002);
insert into r_award__f_team values (1, 664981733376000005, 0, 664981733376000002);
insert into r_department values (1, 664981733376000001, 2, 1, 1, X'07070707070707070707070707070707', NULL, NULL, X'FF532087FF69FAD3399D2B88E664E13D', NULL, 'M', '机电系', NULL);
insert into r_event values (1, 664981733376000003, 2, 1, 3, X'07070707070707070707070707070707', NULL, '2022', X'D328DAD82D68C9176D1B3CEFAC49601B', NULL, 664981733376000002, '2022-09-01', 'in');
insert into r_holder values (1, 664981733376000006, 2, 1, 7, X'07070707070707070707070707070707', NULL, NULL, X'C7044A5588684DF2A5FB5C1818B645BD', NULL, '0', X'62CB738E0B5BB8B09FF0FB04854CF28001012AC0D9A21E4916EC17AD40F3721BFB42640273407BD39928293CFCDA6C3EA877B65983CF01B778442B40B8189B82', NULL);
insert into r_holder values (1, 664981733376000007, 2, 2, 11, X'07070707070707070707070707070707', NULL, NULL, X'195EA95F73DE2FF66A5208437615BFA8', NULL, '1', NULL, NULL);
insert into r_person values (1, 664981733376000002, 2, 1, 2, X'07070707070707070707070707070707', NULL, NULL, X'94D7EE5A1DE95954740BAB9B9FAB8B65', NULL, '1', '张三', 664981733376000001, '女', '2022-09-01', NULL, NULL);
insert into record_evidence values (1, 'award', 664981733376000004, '9c6506badd9931c91d2fddf0033e53edaaa6bb6c9f5016ba2905ba0b0d8d4b7a', 'notice', '通知.pdf', 9);
insert into school values (1, '示例技师学院', 1, 1736380800000);
insert into school values (2, '另一所学院', 1, 1736380800000);
insert into seal values (1, 'award', '2023', 10, 3, '2c4ebe0409ace44eedd80295e4e5c0603ba017ff57bec935f7c8a2428d0cb178', 'dafb887b94c80b302e3b5aeb93127531f381b610504daf25c723d9973cb0c3fd', 2, '9e80eaece7b78db3a61928b211d79917d0b32b19542913e5a510807099a0e480', 'a2418bf5f6b8a6881b891dd51bd45cc3ff234fa4bca49df6a481f36e56bf4b98', 0, 0, 0, 0, 1736380800000, 'keeper', '7599776c3085e3f9', '7d762820230d056e0876919acbc56a555edd7fe33f4223521ba128300ba1ed9ce7224b29cbf70a5da6e30f48fcd4bbe4ef8a1fc6820e97e86bb6091c1c66c00d');
insert into sealed_text values (1, 'dafb887b94c80b302e3b5aeb93127531f381b610504daf25c723d9973cb0c3fd', '{"register":"award","indicators":[]}');
insert into sealed_total values (1, 'award', '2023', 'now', '', '', '', 2, 2, 0);
insert into sealed_total values (1, 'award', '2023', 'now', '', '', 'awards', 2, 2, 0);
insert into sealed_total values (1, 'award', '2023', 'now', '', '', 'city-awards', 2, 2, 0);
insert into sealed_total values (1, 'award', '2023', 'now', '', '', 'hours', 2, 90, 0);
insert into sealed_total values (1, 'award', '2023', 'now', '', '', 'winners', 2, 1, 0);
insert into sealed_total values (1, 'award', '2023', 'now', '', '', 'winnings', 2, 2, 0);
insert into sealed_total values (1, 'award', '2023', 'now', 'department', '0194485c-5c00-7000-8010-000065937fcb', '', 2, 2, 0);
insert into sealed_total values (1, 'award', '2023', 'now', 'department', '0194485c-5c00-7000-8010-000065937fcb', 'awards', 2, 2, 0);
insert into sealed_total values (1, 'award', '2023', 'now', 'department', '0194485c-5c00-7000-8010-000065937fcb', 'city-awards', 2, 2, 0);
insert into sealed_total values (1, 'award', '2023', 'now', 'department', '0194485c-5c00-7000-8010-000065937fcb', 'hours', 2, 90, 0);
insert into sealed_total values (1, 'award', '2023', 'now', 'department', '0194485c-5c00-7000-8010-000065937fcb', 'winners', 2, 1, 0);
insert into sealed_total values (1, 'award', '2023', 'now', 'department', '0194485c-5c00-7000-8010-000065937fcb', 'winnings', 2, 2, 0);
insert into signing_key values (1, '7599776c3085e3f9', 'ed25519:6e7a1cdd29b0b78fd13af4c5598feff4ef2a97166e3ca6f2e4fbfccd80505bf1', 1736380800000);
insert into sqlite_stat1 values ('account', 'i1_account', '1000000 1000000 1');
insert into sqlite_stat1 values ('approval', 'i1_approval', '1000000 1000000 10000 1000');
insert into sqlite_stat1 values ('checked_text', 'i1_checked_text', '1000000 1000000 1000');
insert into sqlite_stat1 values ('r_award', 'r_award_key', '1000000 1000000 1');
insert into sqlite_stat1 values ('r_award', 'r_award_page', '1000000 1000000 1000');
insert into sqlite_stat1 values ('r_award', 'r_award_r2', '1000000 1000000 1000');
insert into sqlite_stat1 values ('r_department', 'r_department_key', '1000000 1000000 1');
insert into sqlite_stat1 values ('r_event', 'r_event_key', '1000000 1000000 10000 1');
insert into sqlite_stat1 values ('r_event', 'r_event_page', '1000000 1000000 1000');
insert into sqlite_stat1 values ('r_holder', 'r_holder_key', '1000000 1000000 1');
insert into sqlite_stat1 values ('r_holder', 'r_holder_u1', '1000000 1000000 1');
insert into sqlite_stat1 values ('r_person', 'r_person_key', '1000000 1000000 1');
insert into sqlite_stat1 values ('r_person', 'r_person_page', '1000000 1000000 1000');
insert into sqlite_stat1 values ('r_person', 'r_person_r2', '1000000 1000000 1000');
