//! The calls that are timed and counted, through the Rust API, and their values.

use presigned::credentials::{Credentials, Secret};
use presigned::error::Error;
use presigned::model::{Operation, Param};
use presigned::s3::endpoint::Requested;
use presigned::s3::{Period, Presigner};

use model_support::presigner::{Caller, instant};
use model_support::{Value, map, string};

#[expect(
    clippy::expect_used,
    clippy::panic,
    reason = "the tests' values, which fail by a panic"
)]
#[path = "../../../tests/model_support/mod.rs"]
mod model_support;

/// The bucket of every call.
pub const BUCKET: &str = "my-bucket-1234";
/// The key of every call: 40 characters.
pub const KEY: &str = "photos/2026/11/24/holiday-in-iceland.jpg";
/// The region of every call.
pub const REGION: &str = model_support::presigner::REGION;
/// The access key, from AWS's documentation.
pub const ACCESS_KEY: &str = "AKIAIOSFODNN7EXAMPLE";
/// The secret key.
pub const SECRET_KEY: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
/// The lifetime of every URL, in seconds.
pub const LIFE: i64 = 3600;
/// The instant of every signature.
pub const NOW: i64 = 1_767_323_045;

const CALL: Caller = Caller {
    now: NOW,
    lifetime: LIFE,
    method: None,
};

/// A session token of 800 characters; three in a hundred are escaped.
#[must_use]
pub fn token() -> String {
    "IQoJb3JpZ2luX2VjEHgaCXVzLXdlc3QtMiJHMEUCIQDq/vT8kWb5n0Zr+4cY\
     hJ6mXoPsLw3uFz1eNtBaG7dQ9gIgR2xK/iVyC8Us"
        .repeat(8)
}

/// One of the calls, which can be made any number of times.
pub struct Case {
    presigner: Presigner,
    kind: Kind,
}

enum Kind {
    Url(&'static str, Vec<(&'static str, Value)>),
    Form(Value, Value, Value),
}

/// The names that [`Case::named`] knows.
pub const NAMES: [&str; 5] = ["get", "token", "six", "put", "post"];

impl Case {
    /// The call of this name: `get`, with a session `token`, with `six` parameters, `put` with
    /// two signed headers, `post`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let more: &[(&str, &str)] = match name {
            "six" => &[
                ("VersionId", "3sL4kqtJlcpXroDTDmJ"),
                ("ResponseContentType", "image/jpeg"),
                ("ResponseContentDisposition", "attachment; filename=\"x.jpg\""),
                ("ResponseCacheControl", "no-cache"),
            ],
            "put" => &[("ContentType", "image/png"), ("ACL", "private")],
            "get" | "token" | "post" => &[],
            _ => return None,
        };
        let kind = if name == "post" {
            Kind::Form(string(BUCKET), string("up/${filename}"), conditions())
        } else {
            let place = [("Bucket", BUCKET), ("Key", KEY)];
            let given = place.iter().chain(more).map(|(name, value)| (*name, string(value)));
            let method = if name == "put" { "put_object" } else { "get_object" };
            Kind::Url(method, given.collect())
        };
        let presigner = presigner((name == "token").then(token));
        Some(Self { presigner, kind })
    }

    /// Makes the call; returns the length of what it makes.
    ///
    /// # Errors
    /// Only if the library is broken.
    pub fn call(&self) -> Result<usize, Error> {
        match &self.kind {
            Kind::Url(method, given) => {
                let unknown = || Error::UnknownClientMethod((*method).to_owned());
                let operation = Operation::by_method_name(method).ok_or_else(unknown)?;
                let params = given.iter().map(|(name, value)| {
                    let member = operation.member(name).ok_or_else(unknown)?;
                    Ok(Param::known(member, value))
                });
                let params = params.collect::<Result<Vec<_>, Error>>()?;
                Ok(self.presigner.presign_url(operation, &params, &CALL)?.len())
            }
            Kind::Form(bucket, key, conditions) => {
                let period = |_| {
                    Ok(Period {
                        now: instant(NOW),
                        end: instant(NOW + LIFE),
                    })
                };
                self.presigner
                    .presign_post(bucket, key, Some(conditions), &period, |posted| {
                        posted.url.len() + posted.fields.len()
                    })
            }
        }
    }
}

fn conditions() -> Value {
    Value::List(vec![
        map([("acl", string("private"))]),
        Value::List(vec![string("content-length-range"), Value::Int(1), Value::Int(1000)]),
        Value::List(vec![string("starts-with"), string("$Content-Type"), string("image/")]),
    ])
}

fn presigner(token: Option<String>) -> Presigner {
    let credentials = Credentials {
        access_key: ACCESS_KEY.to_owned(),
        secret_key: Secret::new(SECRET_KEY),
        token: token.map(Secret::new),
        expiry: None,
    };
    model_support::presigner::presigner(&[], Requested::Default, credentials)
}
