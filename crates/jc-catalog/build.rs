//! Builds anew when a catalog file comes or goes: the macro that embeds the folder only follows the files it saw.

fn main() {
    println!("cargo::rerun-if-changed=../../catalog");
    println!("cargo::rerun-if-changed=build.rs");
}
