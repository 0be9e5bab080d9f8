//! Opens a session with a directory bucket of S3 Express, by `CreateSession`. The caller has signed the request.

use std::time::Duration;

use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::date_time::{DateTime, Format};
use aws_smithy_xml::decode::{Document, ScopedDecoder, XmlDecodeError, try_data};

use super::{Failure, FailureKind, Fetched, OpenNetwork, sdk};
use crate::credentials::{Credentials, ExposeSecret as _, Secret};

/// The pause after the first attempt that failed. It doubles each time.
const FIRST_PAUSE: Duration = Duration::from_millis(100);

/// The credentials of a session with the bucket at this URL.
///
/// # Errors
/// Why the last attempt failed.
pub async fn create_session(
    network: &OpenNetwork,
    url: &str,
    headers: &[(String, Secret)],
) -> Result<Fetched, Failure> {
    let (mut attempt, mut pause) = (1, FIRST_PAUSE);
    loop {
        let asked = ask(network, url, headers).await;
        let mut failure = match asked.and_then(|answer| read(&answer)) {
            Ok(fetched) => return Ok(fetched),
            Err(failure) => failure.at(url),
        };
        if attempt >= network.attempts() || !may_pass(&failure) {
            failure.attempts = attempt;
            return Err(failure);
        }
        tokio::time::sleep(pause).await;
        (attempt, pause) = (attempt + 1, pause * 2);
    }
}

async fn ask(network: &OpenNetwork, url: &str, headers: &[(String, Secret)]) -> Result<HttpResponse, Failure> {
    let mut request = http::Request::get(url);
    for (name, value) in headers {
        request = request.header(name, value.expose_secret());
    }
    let request = request.body(SdkBody::empty()).ok();
    let request = request.and_then(|request| HttpRequest::try_from(request).ok());
    let unsendable = || Failure::new(FailureKind::Setting, "the request for a session cannot be sent");
    network.connection.send(request.ok_or_else(unsendable)?).await
}

/// Whether another attempt may succeed.
fn may_pass(failure: &Failure) -> bool {
    match failure.kind {
        FailureKind::Service => matches!(failure.status, Some(429 | 500 | 502 | 503 | 504)),
        FailureKind::Connect | FailureKind::ConnectTimeout | FailureKind::ReadTimeout | FailureKind::Closed => true,
        FailureKind::Tls | FailureKind::Response | FailureKind::Setting => false,
    }
}

fn read(answer: &HttpResponse) -> Result<Fetched, Failure> {
    let status = answer.status().as_u16();
    let body = answer.body().bytes().unwrap_or_default();
    if status != 200 {
        return Err(refusal(answer, status, body));
    }
    let unreadable = |why: &str| {
        let message = format!("the answer to CreateSession {why}");
        Failure::new(FailureKind::Response, message).with_status(status)
    };
    let [access_key, secret_key, token, end] = elements(
        body,
        Some("Credentials"),
        ["AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration"],
    )
    .map_err(|_| unreadable("is not XML"))?;
    let part = |name: &str, part: Option<String>| part.ok_or_else(|| unreadable(&format!("has no {name}")));
    let end = part("Expiration", end)?;
    let end = DateTime::from_str(&end, Format::DateTimeWithOffset)
        .map_err(|_| unreadable("has an Expiration that is not an instant"))?;
    Ok(Fetched {
        credentials: Credentials {
            access_key: part("AccessKeyId", access_key)?,
            secret_key: Secret::from(part("SecretAccessKey", secret_key)?),
            token: Some(Secret::from(part("SessionToken", token)?)),
        },
        account_id: None,
        expiry: Some(end.as_secs_f64()),
    })
}

fn refusal(answer: &HttpResponse, status: u16, body: &[u8]) -> Failure {
    let said = elements(body, None, ["Code", "Message"]).unwrap_or_default();
    let [code, message] = said;
    let message = message.unwrap_or_else(|| sdk::start_of(body));
    let mut failure = Failure::new(FailureKind::Service, message).with_status(status);
    failure.code = Some(code.map_or_else(|| status.to_string().into(), Into::into));
    let id = answer.headers().get("x-amz-request-id");
    failure.request_id = id.map(Into::into);
    failure
}

/// The strings of these elements below the root, or below its element `of`.
fn elements<const N: usize>(
    body: &[u8],
    of: Option<&str>,
    names: [&str; N],
) -> Result<[Option<String>; N], XmlDecodeError> {
    let body = std::str::from_utf8(body).map_err(XmlDecodeError::unhandled)?;
    let mut document = Document::new(body);
    let mut root = document.root_element()?;
    let Some(of) = of else {
        return strings(&mut root, names);
    };
    while let Some(mut tag) = root.next_tag() {
        if tag.start_el().local() == of {
            return strings(&mut tag, names);
        }
    }
    Ok([const { None }; N])
}

fn strings<const N: usize>(
    element: &mut ScopedDecoder<'_, '_>,
    names: [&str; N],
) -> Result<[Option<String>; N], XmlDecodeError> {
    let mut found = [const { None }; N];
    while let Some(mut tag) = element.next_tag() {
        let place = names.iter().position(|name| tag.start_el().local() == *name);
        if let Some(place) = place {
            found[place] = Some(try_data(&mut tag)?.into_owned());
        }
    }
    Ok(found)
}
