pragma application_id = 754706025;
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
  created_at integer not null,
  password_at integer,
  last_day text
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
insert into audit values (1, 1, 1736380800000, 'keeper', 'record.put', 'department', '{"new":1,"changed":0,"set":"4d0257e153fac3c6609401ca3c11eefa3352e0ba8f7bad04442dd72b4c959d15","pages":[["department","all",1,"4d0257e153fac3c6609401ca3c11eefa3352e0ba8f7bad04442dd72b4c959d15"]]}', 'hmac-sha256', '894af276a150e8a4ef06f293471c7e1b24ab496c184a6e2b44f42ba679ca24f2');
insert into audit values (1, 2, 1736380800000, 'keeper', 'record.put', 'person', '{"new":1,"changed":0,"set":"2e6344e7723d7b7a0bd10722708e4b981c50009447d66a963dece885dd6315b5","pages":[["person","2022",1,"2e6344e7723d7b7a0bd10722708e4b981c50009447d66a963dece885dd6315b5"],["person","2023",1,"2e6344e7723d7b7a0bd10722708e4b981c50009447d66a963dece885dd6315b5"],["person","2024",1,"2e6344e7723d7b7a0bd10722708e4b981c50009447d66a963dece885dd6315b5"],["person","2025",1,"2e6344e7723d7b7a0bd10722708e4b981c50009447d66a963dece885dd6315b5"]]}', 'hmac-sha256', 'c9535fd00fbc785fbdf5382ffd3fec9fb6e71409171357fd77a5c51c4a569172');
insert into audit values (1, 3, 1736380800000, 'keeper', 'record.put', 'event', '{"new":1,"changed":0,"set":"be8495c116a2000f786b76e7d423c69559b6bf096ccb49edd9bfdb273801899f","pages":[["person","2022",2,"2e6344e7723d7b7a0bd10722708e4b981c50009447d66a963dece885dd6315b5"],["person","2023",2,"2e6344e7723d7b7a0bd10722708e4b981c50009447d66a963dece885dd6315b5"],["person","2024",2,"2e6344e7723d7b7a0bd10722708e4b981c50009447d66a963dece885dd6315b5"],["person","2025",2,"2e6344e7723d7b7a0bd10722708e4b981c50009447d66a963dece885dd6315b5"],["event","2022",1,"be8495c116a2000f786b76e7d423c69559b6bf096ccb49edd9bfdb273801899f"]]}', 'hmac-sha256', '19b4c03a5dc8533da5c35f5d32700978cacb35ae69346ad8b11f139bc0fe158b');
insert into audit values (1, 4, 1736380800000, 'keeper', 'record.put', 'award', '{"new":1,"changed":0,"set":"f58d1f07d87094902304102cf71e7f73c21c9bc0cde56e8323d01480c0e18090","pages":[["award","2023",1,"f58d1f07d87094902304102cf71e7f73c21c9bc0cde56e8323d01480c0e18090"]]}', 'hmac-sha256', '7294d3a75ed67e4302889111c19d35c4e31ab475c766337385bf5040ee87ad23');
insert into audit values (1, 5, 1736380800000, 'keeper', 'record.put', 'award', '{"new":1,"changed":0,"set":"1bc8e8b92b9ce0e14361108d65f8fb7e2d185466d7b9d6ec03e09ef8db8815d4","pages":[["award","2023",2,"b6d163f519fdfbd153d3e5c55fbb74d7f12a162898dc132b724b07b895a78a91"]]}', 'hmac-sha256', 'c8f6b30a493202e1a3f6c4d12543aec8ee217bd65101d9b8719db5fa66a7104e');
insert into audit values (1, 6, 1736380800000, 'keeper', 'record.put', 'award', '{"new":0,"changed":1,"set":"3f55a9099567806218bc7905f1d4f3cd2735212c1e43fa4d3bcab325bf1745c2","pages":[["award","2023",3,"039c506d12c5a6015842cdbd12dfa6b6cbee6082797d1fb62027901b70408d22"]]}', 'hmac-sha256', '1d4f0b2bc134801ca2693b9b7355ca64441e501434540cb19a00777c33e69bfb');
insert into audit values (1, 7, 1736380800000, 'keeper', 'record.put', 'holder', '{"new":1,"changed":0,"set":"4d88e816ffb081cb9a2d0c1f76c642ecd968e2b1fb461ceaad872fd1453c78a0","pages":[["holder","all",1,"4d88e816ffb081cb9a2d0c1f76c642ecd968e2b1fb461ceaad872fd1453c78a0"]]}', 'hmac-sha256', 'c4874f7deeb5339c38099037121994066c8bd7698ca39247328d47d770db6c9a');
insert into audit values (1, 8, 1736380800000, 'keeper', 'record.put', 'holder', '{"new":1,"changed":0,"set":"9f6403015cdde44a339183ec107e5b1c35f1913cb4b69b482c91df7f829711eb","pages":[["holder","all",2,"2d4193df92c48ba8b80b3ae4e396b6a808c2fc9142fd3a5be455d48e08759f85"]]}', 'hmac-sha256', 'bbd5ac93a81f24c2e9ca3dea9a47fd8cfdd4b0925a49c85712ddcbb4dd684162');
insert into audit values (1, 9, 1736380800000, 'keeper', 'evidence.attach', 'award', '{"proof":"2cd585c15713b071c87f318120f65c341051bfde15f6fb01e8a3bb055fc07e98"}', 'hmac-sha256', '0abc753df686293e532c396e98414cb958e96d5fddbd0957734e38a3d16e307a');
insert into audit values (1, 10, 1736380800000, 'keeper', 'page.close', 'award', '{"seals":[["award","2023","2ea55939dfd7ae5870f949021e613b387b335b2cd45aa152468aafb3944db47f","7599776c3085e3f9"]]}', 'hmac-sha256', '62a90f370e2d22cab538b7cc2f0d1ad9a24e565554a727329d1fae10011c4ec5');
insert into audit values (1, 11, 1736380800000, 'keeper', 'data.erase', 'holder', '{"erased":"d03d40fb59eb5c62c367b40f40032cc40b61037387ac3d0ae6d1ae2a7bfcc4df","versions":1,"records":1,"new":0,"changed":1,"set":"aa191129770eaf239063aeb4002e3a59a681b233c298b128d7628f5602140e4e","pages":[["holder","all",3,"0355958e632d5838226383a65c6069aa2843838aac8aa487752b32d5934f0dbf"]]}', 'hmac-sha256', '5816cb2296555eea3f1ea4dca0ae81c561e02f23122f59b2e0f9e9bac960a6d9');
insert into audit_head values (1, 11, '5816cb2296555eea3f1ea4dca0ae81c561e02f23122f59b2e0f9e9bac960a6d9', 664981733376000007);
insert into erased_version values (1, 'holder', 664981733376000007, 1, 11, X'616F30BF2DA66EF784533BCDA27133783B6DE4A20EEBDC0595BF897E569CA0C79A3EAB500DB91DD3AA220AEFE0147517B2762C671D475BA9390FC334A3ADCA3CC308596E4E423F2492179C37AAA7F4F0B25267F58669D5A51A95CD51CEC3AD0026EBA1BBCAB136359C2BB3851E0952E0D9F45A5B71178E09034D98A55FA9720A032AD9AC03ED058BB9DF3172C717B28B26099F964AAB7E26915A571AEA01DF9E980178C93E61B830FE2204E68BF07A6692087FCB3CF51CB731BD5FAE19BBCB8640FF2FB690E7A843C382D6191A17686FD231DDF11CD1CA6E7952EEFABF831542B9E5FB5CC8377005C578C509354C695418B4154B0BFA8CB29EF7CC00D5D58D01', X'816CD9BB93C7EADB59D0C6CCFC0AFFDE');
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
insert into jc_setting values ('field-keys', '8866706678199f812e13d83b5df7fd39');
insert into jc_setting values ('schema', '8');
insert into page values (1, 'award', '2023', 3, 2, 0, X'4144F8EC1C484747A96172E873F6DA869E881D29C2A12E31DAB1AE787F8E7885E8169F4987BF9E6E8099308A3C5335CE0D75664669F214BA95580B3E99D7E00EECFF1D35FFC850DDD6984FFE11030363A5C51BEE144155F94A02650439762893FE9B956432DDB862C31A158A26E2AC7A995C5656EFC508907E8D453A9B0F753C448BA84ABBDD29E92FDD830E602001D14FBEB61C75F959FCAA442B6CD356434CB61300D86AF9D9740C48B4D639F710A7460265137AD6575AD2E9B7B405937AE302F901588BFE17A6CA47C2CAECF2B5D7A91E101630B39AAA86AB18119462AA84F7A86380092939B68F03CABA54FCDC5EC604087572F7E587964B7BBEB09DA971', '039c506d12c5a6015842cdbd12dfa6b6cbee6082797d1fb62027901b70408d22', 1736380800000);
insert into page values (1, 'department', 'all', 1, 1, 0, X'7B36D5D97C4F4C83A542733EADCCBFE9927F0A88858282F8B4AB8B808B98BDA1937EEFD1D83AE2E311672DCF69321EA6173EBB53660A1BFE669B64D39B111E8887C447B8789F2211E07A067A053F7E2B7D532C89B9666FFF3E90074ECA540BC4D39D7BCAA67C9BFC8DFEFA58EB0A48CAF905B9BC7A611906A39FDAF54332B7723E83BBB7E942D7E30EBB080741DC5C07246FD7A15E7C62249D9CC3BAAE7F7B27FD4FE62623236C1CF1F4398C17DDA2F819B49A65F145BA3395C1F19BEFCBBFD6A5799EBEE1A7A93ACA88DE3AC19D190CC1AC51DD2821185479700869330A7180076E7613ECF3B2FD705410CE09DFE404DE85FA80C3A07FDC44042F6140C9F909', '4d0257e153fac3c6609401ca3c11eefa3352e0ba8f7bad04442dd72b4c959d15', 1736380800000);
insert into page values (1, 'event', '2022', 1, 1, 0, X'32DAF7FB46A2C9419C19DA8E78126F4B1F3A74B412202122016AECC82C35CD61F951F04925859FDB33003818C8A8775023E49E78225115BECD6E04B3D761A5263FBAC603A7F5FBE09D419493D11361524662A000066443E03AD2C41E1F138D4611BEF95FC9D5095C4BF4B7A0071051BC0296A40E8D4BEEF87C4ACB2E927AC1BB80BB657638A4576BFECB32319502BFB588FF68E642431286FE3D959B2AC577FC4388808D37CF8F40831500BB9E4BEB1809B47B438F565819FD1254EAEF593EBF96434DA17BE5786F73602862ECA134D5D1716DEDF1345B253E206096CF6AD0C39B90BDD7B537DC481707C0EE6E012DEB4C2F048AF2CF8D8875AB6815BD839A8D', 'be8495c116a2000f786b76e7d423c69559b6bf096ccb49edd9bfdb273801899f', 1736380800000);
insert into page values (1, 'holder', 'all', 3, 2, 0, X'CD3AF3F4EB854C1EED1DB37B17D52FE465485B60E3C22F48E8D7F6F11F78EB5808300FDA1E6865CE1E0EBB1B3E63D92B50D2C7B0A7AEBB901F8F9E16196566D679CAD3CF15CD533790D044A6FBBB3ADBC04248F2C403E1ADBE30DC4EDDAB53572C13CC7A72BFD7A2A95391E960E82C3A3FFBDE484AEA15A41C7A20D9100D8FCA60C60B5D7502C7CDD4A869D5AE7772DFF8830E64CE086A5B360AFB4A93A1AEFB8573A659A632165F04887BC0A2D7336E88023F8954C66BA31CE09BE64892A45B00CED7945B3488B456A1B7E3EC0A40A533B1713A68AA39E3B69D51C2AD607EBF51C1999484D695DF640B30DE8F71E2ED80E8A8D2E09D055241FA93629EF8811E', '0355958e632d5838226383a65c6069aa2843838aac8aa487752b32d5934f0dbf', 1736380800000);
insert into page values (1, 'person', '2022', 2, 1, 0, X'1C10F7906BD039B07EF1D2458E45FD62572D7AA3A2124E0EF9AF6A18176EA308D31CB1C04023694533E7400D2B899EE94B2AD54DF7DB234FFB46F01EA1B446FC0DA88D40748DB5741A0DFF02320484394E59DA22910639DAB07AB62BBF387783794CF669EBD2D64445D7D4980ABC42CCA0B00C574CD1812BEE0459D6798E6BCE6C3DEA3D46313007F99A3EFFD4C412D64059080AF8815177FF1B2C347F30ED8FA94363068F9F9C016FEA5BC87DE94A49BF77A179BDE3F475274BB853BB73AE65E365D993721B40E481F96F9BFFBFEE9DFC3149FC1A6A9B183D3B776357947546B4F6CAFC44DF8B832471038C6098D11BB3AC8B674C703CED01D3F92F785F821B', '2e6344e7723d7b7a0bd10722708e4b981c50009447d66a963dece885dd6315b5', 1736380800000);
insert into page values (1, 'person', '2023', 2, 1, 0, X'1C10F7906BD039B07EF1D2458E45FD62572D7AA3A2124E0EF9AF6A18176EA308D31CB1C04023694533E7400D2B899EE94B2AD54DF7DB234FFB46F01EA1B446FC0DA88D40748DB5741A0DFF02320484394E59DA22910639DAB07AB62BBF387783794CF669EBD2D64445D7D4980ABC42CCA0B00C574CD1812BEE0459D6798E6BCE6C3DEA3D46313007F99A3EFFD4C412D64059080AF8815177FF1B2C347F30ED8FA94363068F9F9C016FEA5BC87DE94A49BF77A179BDE3F475274BB853BB73AE65E365D993721B40E481F96F9BFFBFEE9DFC3149FC1A6A9B183D3B776357947546B4F6CAFC44DF8B832471038C6098D11BB3AC8B674C703CED01D3F92F785F821B', '2e6344e7723d7b7a0bd10722708e4b981c50009447d66a963dece885dd6315b5', 1736380800000);
insert into page values (1, 'person', '2024', 2, 1, 0, X'1C10F7906BD039B07EF1D2458E45FD62572D7AA3A2124E0EF9AF6A18176EA308D31CB1C04023694533E7400D2B899EE94B2AD54DF7DB234FFB46F01EA1B446FC0DA88D40748DB5741A0DFF02320484394E59DA22910639DAB07AB62BBF387783794CF669EBD2D64445D7D4980ABC42CCA0B00C574CD1812BEE0459D6798E6BCE6C3DEA3D46313007F99A3EFFD4C412D64059080AF8815177FF1B2C347F30ED8FA94363068F9F9C016FEA5BC87DE94A49BF77A179BDE3F475274BB853BB73AE65E365D993721B40E481F96F9BFFBFEE9DFC3149FC1A6A9B183D3B776357947546B4F6CAFC44DF8B832471038C6098D11BB3AC8B674C703CED01D3F92F785F821B', '2e6344e7723d7b7a0bd10722708e4b981c50009447d66a963dece885dd6315b5', 1736380800000);
insert into page values (1, 'person', '2025', 2, 1, 0, X'1C10F7906BD039B07EF1D2458E45FD62572D7AA3A2124E0EF9AF6A18176EA308D31CB1C04023694533E7400D2B899EE94B2AD54DF7DB234FFB46F01EA1B446FC0DA88D40748DB5741A0DFF02320484394E59DA22910639DAB07AB62BBF387783794CF669EBD2D64445D7D4980ABC42CCA0B00C574CD1812BEE0459D6798E6BCE6C3DEA3D46313007F99A3EFFD4C412D64059080AF8815177FF1B2C347F30ED8FA94363068F9F9C016FEA5BC87DE94A49BF77A179BDE3F475274BB853BB73AE65E365D993721B40E481F96F9BFFBFEE9DFC3149FC1A6A9B183D3B776357947546B4F6CAFC44DF8B832471038C6098D11BB3AC8B674C703CED01D3F92F785F821B', '2e6344e7723d7b7a0bd10722708e4b981c50009447d66a963dece885dd6315b5', 1736380800000);
insert into page_total values (1, 'award', '2023', '', '', '', 2, 2, 0);
insert into page_total values (1, 'award', '2023', '', '', 'awards', 2, 2, 0);
insert into page_total values (1, 'award', '2023', '', '', 'city-awards', 2, 2, 0);
insert into page_total values (1, 'award', '2023', '', '', 'hours', 2, 90, 0);
insert into page_total values (1, 'award', '2023', '', '', 'winners', 2, 1, 0);
insert into page_total values (1, 'award', '2023', '', '', 'winnings', 2, 2, 0);
insert into page_total values (1, 'award', '2023', 'department', '0194485c-5c00-7000-8010-00002cfbe669', '', 2, 2, 0);
insert into page_total values (1, 'award', '2023', 'department', '0194485c-5c00-7000-8010-00002cfbe669', 'awards', 2, 2, 0);
insert into page_total values (1, 'award', '2023', 'department', '0194485c-5c00-7000-8010-00002cfbe669', 'city-awards', 2, 2, 0);
insert into page_total values (1, 'award', '2023', 'department', '0194485c-5c00-7000-8010-00002cfbe669', 'hours', 2, 90, 0);
insert into page_total values (1, 'award', '2023', 'department', '0194485c-5c00-7000-8010-00002cfbe669', 'winners', 2, 1, 0);
insert into page_total values (1, 'award', '2023', 'department', '0194485c-5c00-7000-8010-00002cfbe669', 'winnings', 2, 2, 0);
insert into page_total values (1, 'department', 'all', '', '', '', 2, 1, 0);
insert into page_total values (1, 'event', '2022', '', '', '', 2, 1, 0);
insert into page_total values (1, 'holder', 'all', '', '', '', 2, 2, 0);
insert into page_total values (1, 'person', '2022', '', '', '', 2, 1, 0);
insert into page_total values (1, 'person', '2022', '', '', 'in-school', 2, 1, 0);
insert into page_total values (1, 'person', '2022', 'department', '0194485c-5c00-7000-8010-00002cfbe669', '', 2, 1, 0);
insert into page_total values (1, 'person', '2022', 'department', '0194485c-5c00-7000-8010-00002cfbe669', 'in-school', 2, 1, 0);
insert into page_total values (1, 'person', '2023', '', '', '', 2, 1, 0);
insert into page_total values (1, 'person', '2023', '', '', 'in-school', 2, 1, 0);
insert into page_total values (1, 'person', '2023', 'department', '0194485c-5c00-7000-8010-00002cfbe669', '', 2, 1, 0);
insert into page_total values (1, 'person', '2023', 'department', '0194485c-5c00-7000-8010-00002cfbe669', 'in-school', 2, 1, 0);
insert into page_total values (1, 'person', '2024', '', '', '', 2, 1, 0);
insert into page_total values (1, 'person', '2024', '', '', 'in-school', 2, 1, 0);
insert into page_total values (1, 'person', '2024', 'department', '0194485c-5c00-7000-8010-00002cfbe669', '', 2, 1, 0);
insert into page_total values (1, 'person', '2024', 'department', '0194485c-5c00-7000-8010-00002cfbe669', 'in-school', 2, 1, 0);
insert into page_total values (1, 'person', '2025', '', '', '', 2, 1, 0);
insert into page_total values (1, 'person', '2025', '', '', 'in-school', 2, 1, 0);
insert into page_total values (1, 'person', '2025', 'department', '0194485c-5c00-7000-8010-00002cfbe669', '', 2, 1, 0);
insert into page_total values (1, 'person', '2025', 'department', '0194485c-5c00-7000-8010-00002cfbe669', 'in-school', 2, 1, 0);
insert into r_award values (1, 664981733376000004, 2, 2, 6, X'07070707070707070707070707070707', NULL, '2023', X'F801FF047B2A0E06097A251805D7966D', NULL, 'A1', '2023-05-01', 664981733376000002, 1, 40, 664981733376000001, '女', NULL);
insert into r_award values (1, 664981733376000005, 2, 1, 5, X'07070707070707070707070707070707', NULL, '2023', X'4942F9E7A11D3941A0E74CD06E1F4419', NULL, 'A2', '2023-06-01', 664981733376000002, 1, 50, 664981733376000001, '女', NULL);
insert into r_award__f_team values (1, 664981733376000004, 0, 664981733376000002);
insert into r_award__f_team values (1, 664981733376000005, 0, 664981733376000002);
insert into r_department values (1, 664981733376000001, 2, 1, 1, X'07070707070707070707070707070707', NULL, NULL, X'7B36D5D97C4F4C83A542733EADCCBFE9', NULL, 'M', '机电系', NULL);
insert into r_event values (1, 664981733376000003, 2, 1, 3, X'07070707070707070707070707070707', NULL, '2022', X'32DAF7FB46A2C9419C19DA8E78126F4B', NULL, 664981733376000002, '2022-09-01', 'in');
insert into r_holder values (1, 664981733376000006, 2, 1, 7, X'07070707070707070707070707070707', NULL, NULL, X'36D6133E28E24FF3F73EE4CF02F9F694', NULL, '0', X'1322981B8CEAA557C00C59B43EF3482D010174F64DD6E6887875C592EFB3911FCAC448594C5480065AEF0387916CAA387DD8CF8F6B657F9832336DD4FA92C609', NULL);
insert into r_holder values (1, 664981733376000007, 2, 2, 11, X'07070707070707070707070707070707', NULL, NULL, X'9764DFB6C3A3FC2AF5DECEAB14DC384F', NULL, '1', NULL, NULL);
insert into r_person values (1, 664981733376000002, 2, 1, 2, X'07070707070707070707070707070707', NULL, NULL, X'1C10F7906BD039B07EF1D2458E45FD62', NULL, '1', '张三', 664981733376000001, '女', '2022-09-01', NULL, NULL);
insert into record_evidence values (1, 'award', 664981733376000004, '9c6506badd9931c91d2fddf0033e53edaaa6bb6c9f5016ba2905ba0b0d8d4b7a', 'notice', '通知.pdf', 9);
insert into school values (1, '示例技师学院', 1, 1736380800000);
insert into school values (2, '另一所学院', 1, 1736380800000);
insert into seal values (1, 'award', '2023', 10, 3, '2c4ebe0409ace44eedd80295e4e5c0603ba017ff57bec935f7c8a2428d0cb178', 'dafb887b94c80b302e3b5aeb93127531f381b610504daf25c723d9973cb0c3fd', 2, '039c506d12c5a6015842cdbd12dfa6b6cbee6082797d1fb62027901b70408d22', '7827b156b8b1bebbb8751556b2f4b0b91e177cdd93e3bf4f6418be575210dabc', 0, 0, 0, 0, 1736380800000, 'keeper', '7599776c3085e3f9', 'c76e82f7f2a96853e39dd618cd6db6582e08bd70ff53b6e2db52b9a65a39a051f4764d5a2d1bf9b4f1f05da52df1d6b35a40176ab35c54c33b8cc8026f2fcd0c');
insert into sealed_text values (1, 'dafb887b94c80b302e3b5aeb93127531f381b610504daf25c723d9973cb0c3fd', '{"register":"award","indicators":[]}');
insert into sealed_total values (1, 'award', '2023', 'now', '', '', '', 2, 2, 0);
insert into sealed_total values (1, 'award', '2023', 'now', '', '', 'awards', 2, 2, 0);
insert into sealed_total values (1, 'award', '2023', 'now', '', '', 'city-awards', 2, 2, 0);
insert into sealed_total values (1, 'award', '2023', 'now', '', '', 'hours', 2, 90, 0);
insert into sealed_total values (1, 'award', '2023', 'now', '', '', 'winners', 2, 1, 0);
insert into sealed_total values (1, 'award', '2023', 'now', '', '', 'winnings', 2, 2, 0);
insert into sealed_total values (1, 'award', '2023', 'now', 'department', '0194485c-5c00-7000-8010-00002cfbe669', '', 2, 2, 0);
insert into sealed_total values (1, 'award', '2023', 'now', 'department', '0194485c-5c00-7000-8010-00002cfbe669', 'awards', 2, 2, 0);
insert into sealed_total values (1, 'award', '2023', 'now', 'department', '0194485c-5c00-7000-8010-00002cfbe669', 'city-awards', 2, 2, 0);
insert into sealed_total values (1, 'award', '2023', 'now', 'department', '0194485c-5c00-7000-8010-00002cfbe669', 'hours', 2, 90, 0);
insert into sealed_total values (1, 'award', '2023', 'now', 'department', '0194485c-5c00-7000-8010-00002cfbe669', 'winners', 2, 1, 0);
insert into sealed_total values (1, 'award', '2023', 'now', 'department', '0194485c-5c00-7000-8010-00002cfbe669', 'winnings', 2, 2, 0);
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
