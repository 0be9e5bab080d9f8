//! Secrets leave nothing behind: the process's own memory is searched for them once they are dropped.
#![cfg(target_os = "linux")]
#![allow(clippy::expect_used, reason = "a test may panic")]

use std::fs::File;
use std::io::Read as _;
use std::os::unix::fs::FileExt as _;
use std::sync::Arc;

use presigned::clock::Timestamp;
use presigned::credentials::{Credentials, Secret};
use presigned::sigv4::{KeyCache, Scope};

/// The secret, turned around bit by bit: as itself it stands nowhere in this program.
const TURNED: [u8; 40] = *b"qNx2vR8tKz5mWc7yPb3dGh6jLf9sDa1eUo4iTgXw";
const TURN: u8 = 0x15;

/// Long enough that no small allocation happens to cover what is left of it.
fn secret() -> String {
    let text: Vec<u8> = TURNED.repeat(100).iter().map(|byte| byte ^ TURN).collect();
    String::from_utf8(text).expect("ASCII")
}

/// How often the secret's second half stands in what this process may write to: of memory that is
/// given back, the allocator writes over the beginning.
fn occurrences() -> usize {
    let half = &TURNED[TURNED.len() / 2..];
    let mut maps = String::new();
    File::open("/proc/self/maps")
        .and_then(|mut file| file.read_to_string(&mut maps))
        .expect("Linux shows a process its own maps");
    let memory = File::open("/proc/self/mem").expect("Linux shows a process its own memory");
    maps.lines()
        .filter(|line| {
            line.split(' ')
                .nth(1)
                .is_some_and(|rights| rights.starts_with("rw"))
        })
        .filter_map(|line| {
            let (start, end) = line.split(' ').next()?.split_once('-')?;
            let start = u64::from_str_radix(start, 16).ok()?;
            let end = u64::from_str_radix(end, 16).ok()?;
            let mut bytes = vec![0; usize::try_from(end - start).ok()?];
            memory.read_exact_at(&mut bytes, start).ok()?;
            // What is read is turned before anything is compared, and before it is given back.
            for byte in &mut bytes {
                *byte ^= TURN;
            }
            Some(
                bytes
                    .windows(half.len())
                    .filter(|window| *window == half)
                    .count(),
            )
        })
        .sum()
}

fn credentials() -> Arc<Credentials> {
    Arc::new(Credentials {
        access_key: "AKIDEXAMPLE".into(),
        secret_key: Secret::new(secret()),
        token: None,
    })
}

#[test]
fn dropped_credentials_and_what_was_signed_with_them_leave_no_secret_in_memory() {
    let held = credentials();
    assert_ne!(occurrences(), 0, "the search finds a secret that is there");
    let keys = KeyCache::new();
    let scope = Scope {
        region: "eu-central-1",
        service: "s3",
    };
    let at = Timestamp::new(1_900_000_000).expect("a year that datetime can hold");
    drop(keys.key(&held, scope, at));
    drop(keys);
    drop(held);
    assert_eq!(occurrences(), 0);
}
