//! The settings file, and the service run with it: health, log, stopping.

use crate::program::Bench;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

#[test]
fn a_settings_file_is_looked_over_whole() {
    let bench = Bench::empty();
    bench.write("a.toml", "[server]\nlisen = \"127.0.0.1:1\"\nbehind-proxy = 1\n\n[log]\nlevel = \"inof\"\n");
    let answer = bench.run(&["config", "check", "a.toml"]).ends(1);
    let answer = answer.says("SET-003").says("是否为“listen”").says("2 | lisen").says("SET-004").says("SET-005");
    answer.says("是否为“info”").says("6 | level");
    bench.run(&["config", "check", "没有.toml"]).ends(3).complains("没有.toml");
    // With faults nothing is done, whatever the command.
    bench.run(&["verify", "--config", "a.toml"]).ends(2).complains("SET-003").complains("什么也没有做");
    bench.write("b.toml", "[server]\nlisten = \"0.0.0.0:443\"\npublic = \"https://jc.example\"\n[tls]\ncertificate = \"c.pem\"\nkey = \"k.pem\"\n");
    bench.run(&["config", "check", "b.toml"]).ends(1).says("SET-006").says("c.pem");
    bench.write("c.pem", "无");
    bench.write("k.pem", "无");
    bench.run(&["config", "check", "b.toml"]).ends(1).says("SET-012");
    bench.write("data/jiangce.toml", "[log]\nformat = \"json\"\n");
    bench.run(&["config", "check"]).ends(0).says("没有问题");
}

#[test]
fn nothing_listens_beyond_this_machine_in_the_clear() {
    let bench = Bench::college();
    bench.run(&["serve", "--listen", "0.0.0.0:0"]).ends(2).complains("--behind-proxy");
    bench.run(&["serve", "--listen", "0.0.0.0:0", "--behind-proxy"]).ends(2).complains("--origin");
    bench.write("data/jiangce.toml", "[server]\nlisten = \"0.0.0.0:0\"\n");
    bench.run(&["serve"]).ends(2).complains("SET-008");
}

#[test]
#[cfg(unix)]
fn the_service_tells_how_it_is_and_stops_in_order() {
    let bench = Bench::college();
    bench.write("etc/jiangce.toml", "[storage]\ndata = \"../data\"\n[log]\nformat = \"json\"\n");
    let mut command = Command::new("sh");
    // The signal of a file that may not grow is ignored, so that the write fails instead of the program.
    command.args(["-c", "trap '' XFSZ; exec \"$@\"", "sh", env!("CARGO_BIN_EXE_jiangce")]);
    command.args(["serve", "--listen", "127.0.0.1:0", "--config", "etc/jiangce.toml", "--lang", "zh"]);
    command.current_dir(bench.path("")).env_remove("JIANGCE_DATA").stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("it starts");
    let address = address_of(&mut child);
    for (path, expect) in [("/health", "ok"), ("/ready", "ready"), ("/sign-in?name=geheim", "200 OK")] {
        let mut stream = TcpStream::connect(&address).expect("it answers");
        write!(stream, "GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        assert!(answer.contains(expect), "{path}: {answer}");
    }
    a_full_disk_is_said_and_passes(&address, child.id());
    let begun = Instant::now();
    let stopped = Command::new("kill").args(["-TERM", &child.id().to_string()]).status().expect("a signal");
    assert!(stopped.success());
    let ended = child.wait_with_output().expect("it ends");
    assert!(ended.status.success() && begun.elapsed() < Duration::from_secs(20), "{ended:?}");
    let log = String::from_utf8(ended.stderr).expect("UTF-8");
    let lines: Vec<serde_json::Value> = log.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let asked = lines.iter().find(|line| line["span"]["route"] == "/sign-in").expect("a line for each request");
    assert_eq!((&asked["status"], asked["span"]["id"].as_str().map(str::len)), (&200.into(), Some(32)), "{asked}");
    for asked in ["geheim", "niemand", "falsch", "jc-visit"] {
        assert!(!log.contains(asked), "what was asked is not logged: {asked}");
    }
    assert!(log.contains("已停止") || lines.len() < log.lines().count(), "it says that it stopped");
}

/// Where the service listens, once it says so.
#[cfg(unix)]
fn address_of(child: &mut Child) -> String {
    let mut out = BufReader::new(child.stdout.take().expect("a pipe"));
    let mut said = String::new();
    loop {
        let begun = said.len();
        assert!(out.read_line(&mut said).expect("a line") > 0, "{said}");
        let line = &said[begun..];
        if !line.contains("/start/")
            && let Some((_, rest)) = line.split_once("http://")
        {
            let end = rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ':'))).unwrap_or(rest.len());
            return rest[..end].to_owned();
        }
    }
}

#[test]
#[cfg(unix)]
fn the_end_of_the_log_goes_to_the_collector() {
    let bench = Bench::college();
    bench.write("data/jiangce.toml", "[audit]\nsyslog = \"../log\"\n");
    bench.run(&["config", "check"]).ends(1).says("SET-006").says("audit.syslog");
    let collector = std::os::unix::net::UnixDatagram::bind(bench.path("log")).expect("a socket");
    collector.set_read_timeout(Some(Duration::from_secs(20))).expect("patience");
    bench.run(&["config", "check"]).ends(0);
    let mut command = Command::new(env!("CARGO_BIN_EXE_jiangce"));
    command.args(["serve", "--listen", "127.0.0.1:0", "--data", "data"]).current_dir(bench.path(""));
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it starts");
    address_of(&mut child);
    let mut line = [0; 512];
    let length = collector.recv(&mut line).expect("it is told at the start");
    let told = std::str::from_utf8(&line[..length]).expect("UTF-8").to_owned();
    child.kill().and_then(|()| child.wait()).expect("it ends");
    assert!(told.starts_with(&format!("<109>jiangce[{}]: jiangce-head/1 school=1 seq=", child.id())), "{told}");
    // As a collector keeps it, among other lines.
    let kept =
        |told: &str| format!("Nov 27 08:00:00 host cron[1]: x\nNov 27 08:00:01 host {}\n", &told["<109>".len()..]);
    bench.write("kept", &kept(&told));
    bench.run(&["verify", "--head", "kept"]).ends(0);
    let (before, hash) = told.split_once("hash=").expect("a hash");
    let other: String = hash.chars().map(|c| if c == '0' { '1' } else { '0' }).collect();
    bench.write("kept", &kept(&format!("{before}hash={other}")));
    bench.run(&["verify", "--head", "kept"]).ends(1);
}

/// Status and body of what is asked.
#[cfg(unix)]
fn ask(address: &str, head: &str, body: &str) -> (u16, String) {
    let mut stream = TcpStream::connect(address).expect("it answers");
    let length = body.len();
    write!(stream, "{head}\r\nhost: localhost\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}")
        .expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    (answer.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status"), answer)
}

/// While no file can grow, what wants to write is refused as a whole and says why, reading goes on; afterwards all is well.
#[cfg(unix)]
fn a_full_disk_is_said_and_passes(address: &str, child: u32) {
    use rustix::process::{Pid, Resource, Rlimit, prlimit};
    let pid = Pid::from_raw(i32::try_from(child).expect("a number"));
    let limit = |bytes: Option<u64>| {
        prlimit(pid, Resource::Fsize, Rlimit { current: bytes, maximum: None }).expect("a limit");
    };
    let (_, form) = ask(address, "GET /sign-in HTTP/1.1", "");
    let part = |before: &str, until: char| {
        form.split(before).nth(1).and_then(|rest| rest.split(until).next()).expect("a part")
    };
    let head = format!(
        "POST /sign-in HTTP/1.1\r\ncookie: jc-visit={}\r\ncontent-type: application/x-www-form-urlencoded",
        part("jc-visit=", ';')
    );
    let body = format!("token={}&name=niemand&password=falsch&back=/", part("name=\"token\" value=\"", '"'));
    assert_eq!(ask(address, &head, &body).0, 401);
    limit(Some(1024));
    let (status, refused) = ask(address, &head, &body);
    assert!(status == 507 && refused.contains("磁盘已满") && refused.contains("没有写入"), "{refused}");
    assert_eq!(ask(address, "GET /ready HTTP/1.1", "").0, 503);
    assert_eq!(ask(address, "GET /health HTTP/1.1", "").0, 200);
    assert_eq!(ask(address, "GET /sign-in HTTP/1.1", "").0, 200, "reading goes on");
    limit(None);
    assert_eq!(ask(address, &head, &body).0, 401, "with space again writing goes on");
    assert_eq!(ask(address, "GET /ready HTTP/1.1", "").0, 200);
}

#[test]
fn a_database_beyond_the_machine_is_reached_in_secret_or_not_at_all() {
    let bench = Bench::empty();
    let run = |database: &str, said: &str| bench.run(&["verify", "--database", database]).ends(3).complains(said);
    run("postgres://j@127.0.0.1:1/c?sslmode=prefer", "sslmode=prefer");
    run("postgres://j@127.0.0.1:1/c?sslmode=verify-full&sslrootcert=gone.pem", "gone.pem");
    // Whoever answers, and has no TLS, learns neither name nor password.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.expect("a connection");
            let _ = std::io::Read::read_exact(&mut stream, &mut [0; 8]);
            let _ = std::io::Write::write_all(&mut stream, b"N");
        }
    });
    let answer = run(&format!("postgres://j:geheim@127.0.0.1:{port}/c?sslmode=require"), "sslmode=disable");
    assert!(!answer.err.contains("geheim"), "{}", answer.err);
}
