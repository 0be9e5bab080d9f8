//! Times one signature with presigned, rusty-s3, aws-sigv4 and reqsign, and the SHA-256 compressions
//! that it needs: `cargo bench --features rivals`, or `make bench-rust`.
//!
//! All sign the same GET with the same credentials. The comment of a function says what its crate leaves
//! out.

use std::hint::black_box;
use std::pin::pin;
use std::task::{Context as TaskContext, Poll, Waker};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use calls::{ACCESS_KEY, BUCKET, Case, KEY, LIFE, NOW, REGION, SECRET_KEY, token};
use criterion::{Criterion, criterion_group, criterion_main};
use sha2::block_api::compress256;

const LIFETIME: Duration = Duration::from_secs(LIFE.unsigned_abs());

/// The blocks that each call hashes; `benches/instructions.json` has the same numbers.
const BLOCKS: [(&str, usize); 5] = [("get", 8), ("token", 22), ("six", 11), ("put", 10), ("post", 9)];

fn url() -> String {
    format!("https://{BUCKET}.s3.amazonaws.com/{KEY}")
}

fn now() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(NOW.unsigned_abs())
}

/// Only the hashing: this many blocks in one stream, the minimum for a library that signs one URL at
/// a time.
fn bare(criterion: &mut Criterion) {
    for (name, count) in BLOCKS {
        let blocks = vec![[7; 64]; count];
        criterion.bench_function(&format!("{name}/the bare SHA-256 blocks"), |bencher| {
            let mut state = [0; 8];
            bencher.iter(|| compress256(black_box(&mut state), black_box(&blocks)));
        });
    }
}

/// A whole call: looking up operation and members, endpoint rules, validation, URL.
fn ours(criterion: &mut Criterion) {
    for name in calls::NAMES {
        let case = Case::named(name).expect("one of the names");
        criterion.bench_function(&format!("{name}/presigned"), |bencher| {
            bencher.iter(|| case.call().expect("a URL"));
        });
    }
}

/// The bucket's URL is made beforehand; no endpoint rules, no validation.
fn rusty_s3(criterion: &mut Criterion) {
    use rusty_s3::{Bucket, Credentials, S3Action as _, UrlStyle};

    let endpoint = "https://s3.amazonaws.com".parse().expect("a URL");
    let bucket = Bucket::new(endpoint, UrlStyle::VirtualHost, BUCKET, REGION).expect("a bucket");
    for (name, credentials) in [
        ("get", Credentials::new(ACCESS_KEY, SECRET_KEY)),
        ("token", Credentials::new_with_token(ACCESS_KEY, SECRET_KEY, token())),
    ] {
        criterion.bench_function(&format!("{name}/rusty-s3"), |bencher| {
            bencher.iter(|| bucket.get_object(Some(&credentials), black_box(KEY)).sign(LIFETIME));
        });
    }
}

/// The URL is made beforehand; the result is the parameters to append, not a URL.
fn aws_sigv4(criterion: &mut Criterion) {
    use aws_credential_types::Credentials;
    use aws_sigv4::http_request::{SignableBody, SignableRequest, SignatureLocation, SigningSettings, sign};
    use aws_sigv4::sign::v4;

    let url = url();
    for (name, token) in [("get", None), ("token", Some(token()))] {
        let identity = Credentials::new(ACCESS_KEY, SECRET_KEY, token, None, "bench").into();
        criterion.bench_function(&format!("{name}/aws-sigv4"), |bencher| {
            bencher.iter(|| {
                let mut settings = SigningSettings::default();
                settings.signature_location = SignatureLocation::QueryParams;
                settings.expires_in = Some(LIFETIME);
                let params = v4::SigningParams::builder()
                    .identity(&identity)
                    .region(REGION)
                    .name("s3")
                    .time(now())
                    .settings(settings)
                    .build()
                    .expect("nothing is missing")
                    .into();
                let body = SignableBody::UnsignedPayload;
                let request = SignableRequest::new("GET", black_box(url.as_str()), [].into_iter(), body);
                sign(request.expect("a request"), &params)
                    .expect("a signature")
                    .into_parts()
            });
        });
    }
}

/// The URL is made beforehand, and parsed for each call, because signing changes the request.
fn reqsign(criterion: &mut Criterion) {
    use reqsign_aws_v4::{RequestSigner, StaticCredentialProvider};
    use reqsign_core::{Context, Signer};

    let url = url();
    for (name, token) in [("get", None), ("token", Some(token()))] {
        let mut provider = StaticCredentialProvider::new(ACCESS_KEY, SECRET_KEY);
        if let Some(token) = &token {
            provider = provider.with_session_token(token);
        }
        let signer = Signer::new(Context::new(), provider, RequestSigner::new("s3", REGION));
        criterion.bench_function(&format!("{name}/reqsign"), |bencher| {
            bencher.iter(|| {
                let request = http::Request::get(black_box(url.as_str())).body(());
                let mut parts = request.expect("a request").into_parts().0;
                ready(signer.sign(&mut parts, Some(LIFETIME))).expect("a signature");
                parts
            });
        });
    }
}

/// The result of a future that does not wait: it takes one poll.
fn ready<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut TaskContext::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("it waits"),
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .sample_size(50)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1));
    targets = bare, ours, rusty_s3, aws_sigv4, reqsign
}
criterion_main!(benches);
