//! How the program is linked.

use std::env;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let set = |name: &str, wanted: &str| env::var(name).is_ok_and(|value| value == wanted);
    if set("CARGO_CFG_TARGET_OS", "linux") && set("CARGO_CFG_TARGET_ENV", "gnu") {
        // Addresses to be set at start take 6 MB in a table of their own, all of it read at each start; packed they take
        // a fortieth. Debian's C library has known this form since bookworm.
        println!("cargo:rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
}
