//! Links the unwinder into the extension, which then needs no `libgcc_s.so`: to load that takes a fifth of the time in
//! which Python loads the extension.

#![expect(
    clippy::disallowed_methods,
    reason = "Cargo talks to this program by the environment"
)]

use std::path::Path;
use std::process::Command;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=build.rs");
    let is = |name: &str, value: &str| env::var(name).as_deref() == Ok(value);
    if !is("CARGO_CFG_TARGET_OS", "linux")
        || !is("CARGO_CFG_TARGET_ENV", "gnu")
        || !is_for_this_machine()
    {
        return Ok(());
    }
    let asked = Command::new("cc")
        .arg("-print-file-name=libgcc_eh.a")
        .output()?;
    // A compiler that does not have the file answers with its bare name.
    let archive = String::from_utf8_lossy(&asked.stdout).trim().to_owned();
    if Path::new(&archive).is_absolute() {
        let folder = env::var("OUT_DIR").map_err(io::Error::other)?;
        // rustc says `-lgcc_s`, and the linker looks into this folder first.
        fs::write(
            Path::new(&folder).join("libgcc_s.so"),
            format!("INPUT ( {archive} )\n"),
        )?;
        println!("cargo:rustc-link-search=native={folder}");
    }
    Ok(())
}

fn is_for_this_machine() -> bool {
    env::var("TARGET").is_ok_and(|target| env::var("HOST") == Ok(target))
}
