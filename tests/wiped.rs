//! Secrets leave nothing behind: the process's own memory is searched for them once they are dropped.
#![cfg(target_os = "linux")]
#![allow(clippy::expect_used, clippy::panic, reason = "a test may panic")]

mod model_support;

use std::fs::File;
use std::io::Read as _;
use std::os::unix::fs::FileExt as _;
use std::sync::{Arc, Mutex, PoisonError};

use model_support::presigner::{Caller, presigner};
use model_support::{operation, params, string};
use presigned::clock::Timestamp;
use presigned::credentials::{Credentials, Secret};
use presigned::s3::Presigner;
use presigned::s3::endpoint::Requested;
use presigned::sigv2::LatestKey;
use presigned::sigv4::{KeyCache, Scope};
use zeroize::Zeroizing;

/// The secret, turned around bit by bit: as itself it stands nowhere in this program.
const TURNED: [u8; 40] = *b"qNx2vR8tKz5mWc7yPb3dGh6jLf9sDa1eUo4iTgXw";
const TURN: u8 = 0x15;

/// Long enough that no small allocation happens to cover what is left of it.
fn secret() -> String {
    let string: Vec<u8> = TURNED.repeat(100).iter().map(|byte| byte ^ TURN).collect();
    String::from_utf8(string).expect("ASCII")
}

/// As for [`TURNED`]; of letters that are letters when they are turned, which no URL escapes.
const TURNED_TOKEN: [u8; 40] = *b"gvstwpabdcrqefgagepwrtvscbdqfpestawvgrcb";

fn token() -> String {
    let string: Vec<u8> = TURNED_TOKEN.repeat(100).iter().map(|byte| byte ^ TURN).collect();
    String::from_utf8(string).expect("ASCII")
}

/// Only one test at a time looks at the memory of all.
static MEMORY: Mutex<()> = Mutex::new(());

/// How often the secret's second half stands in what this process may write to: of memory that is
/// given back, the allocator writes over the beginning.
fn occurrences(turned: &[u8; 40]) -> usize {
    let half = &turned[turned.len() / 2..];
    let mut maps = String::new();
    File::open("/proc/self/maps")
        .and_then(|mut file| file.read_to_string(&mut maps))
        .expect("Linux shows a process its own maps");
    let memory = File::open("/proc/self/mem").expect("Linux shows a process its own memory");
    maps.lines()
        .filter(|line| line.split(' ').nth(1).is_some_and(|rights| rights.starts_with("rw")))
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
            Some(bytes.windows(half.len()).filter(|window| *window == half).count())
        })
        .sum()
}

fn credentials() -> Arc<Credentials> {
    Arc::new(Credentials {
        access_key: "AKIDEXAMPLE".into(),
        secret_key: Secret::new(secret()),
        token: None,
        expiry: None,
    })
}

#[test]
fn dropped_credentials_and_what_was_signed_with_them_leave_no_secret_in_memory() {
    let _alone = MEMORY.lock().unwrap_or_else(PoisonError::into_inner);
    let held = credentials();
    assert_ne!(occurrences(&TURNED), 0, "the search finds a secret that is there");
    let keys = KeyCache::new();
    let scope = Scope {
        region: "eu-central-1",
        service: "s3",
    };
    let at = Timestamp::new(1_900_000_000).expect("a year that datetime can hold");
    drop(keys.key(&held, scope, at));
    drop(keys);
    let keys = LatestKey::default();
    drop(keys.key(&held));
    drop(keys);
    drop(held);
    assert_eq!(occurrences(&TURNED), 0);
}

fn client(signature: &str) -> Presigner {
    let credentials = Credentials {
        access_key: "AKIDEXAMPLE".to_owned(),
        secret_key: Secret::new("another"),
        token: Some(Secret::new(token())),
        expiry: None,
    };
    presigner(&[], Requested::Version(signature.to_owned()), credentials)
}

#[test]
fn a_client_that_knew_its_calls_leaves_no_token_in_memory() {
    let _alone = MEMORY.lock().unwrap_or_else(PoisonError::into_inner);
    // Both at once: the search itself leaves copies behind that a third one would find.
    let clients = ["s3v4", "s3"].map(client);
    clients.iter().for_each(make_calls);
    assert_ne!(occurrences(&TURNED_TOKEN), 0, "the search finds a token that is there");
    drop(clients);
    assert_eq!(occurrences(&TURNED_TOKEN), 0);
}

fn make_calls(client: &Presigner) {
    let content_type = ("ContentType", "text/plain");
    for (operation, more) in [("get_object", None), ("put_object", Some(content_type))] {
        make_calls_of(client, operation, more);
    }
}

fn make_calls_of(client: &Presigner, method: &str, more: Option<(&'static str, &'static str)>) {
    let operation = operation(method);
    let place = [("Bucket", "photos"), ("Key", "a key")].into_iter().chain(more);
    let given: Vec<_> = place.map(|(name, value)| (string(name), string(value))).collect();
    let params = params(operation, &given);
    // The caller's own string, which has to contain the token.
    let mut url = Zeroizing::new(String::with_capacity(1 << 16));
    for call in 0..10 {
        let caller = Caller {
            now: 1_767_323_045 + call / 5,
            lifetime: 60,
            method: None,
        };
        url.clear();
        client.append_url(&mut url, operation, &params, &caller).expect("a URL");
    }
}
