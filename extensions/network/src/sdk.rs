//! Turns the errors of AWS's clients into failures, as botocore's parsers would read the answer.

use std::error::Error;

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::ErrorMetadata;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use aws_smithy_xml::decode::XmlDecodeError;

use super::connection::Connection;
use super::failure::{Failure, FailureKind};
use super::json::Object;

/// The longest message of a service that is passed on.
const LONGEST_MESSAGE: usize = 2048;

/// The protocol of the service.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Speaks {
    Json,
    Xml,
}

/// Why the request failed.
pub(super) fn failure<E>(error: &SdkError<E, HttpResponse>, service: Speaks, connection: &Connection) -> Failure
where
    E: ProvideErrorMetadata + Error + 'static,
{
    let mut failure = match error {
        SdkError::ServiceError(answer) => answered(answer.err(), service, answer.raw()),
        SdkError::ResponseError(answer) => unreadable(answer.raw(), &innermost(error)),
        _ => connection
            .failure()
            .unwrap_or_else(|| Failure::new(FailureKind::Setting, innermost(error))),
    };
    if failure.endpoint.is_none() {
        failure.endpoint = connection.endpoint();
    }
    failure.attempts = connection.sent();
    failure
}

/// The failure of a successful answer that lacks a field.
pub(super) fn incomplete(missing: &str, connection: &Connection) -> Failure {
    let message = format!("the answer has no {missing}");
    let mut failure = Failure::new(FailureKind::Response, message).with_status(200);
    failure.endpoint = connection.endpoint();
    failure
}

fn answered<E>(error: &E, service: Speaks, raw: &HttpResponse) -> Failure
where
    E: ProvideErrorMetadata + Error + 'static,
{
    let status = raw.status().as_u16();
    let body = raw.body().bytes().unwrap_or_default();
    let is_unparsed = causes(error).any(<dyn Error>::is::<XmlDecodeError>);
    if status < 301 || (is_unparsed && !is_generic(status, body)) {
        return unreadable(raw, &innermost(error));
    }
    // Where the client knows no such error, the service's error is in the cause.
    let said = causes(error)
        .find_map(<dyn Error>::downcast_ref::<ErrorMetadata>)
        .unwrap_or_else(|| error.meta());
    let code = said.code().map(Into::into);
    let message = said.message().map(str::to_owned);
    let by_status = || Some(status.to_string().into());
    let (code, message) = if is_generic(status, body) {
        (by_status(), reason(status))
    } else if service == Speaks::Json {
        // If the answer has no name, botocore uses the status.
        let message = message.unwrap_or_else(|| message_of_json(body));
        (code.or_else(by_status), message)
    } else {
        (code, message.unwrap_or_default())
    };
    let mut failure = Failure::new(FailureKind::Service, message).with_status(status);
    failure.code = code;
    failure.request_id = request_id(raw);
    failure
}

/// The message of an error in JSON; the whole body if it is not JSON.
fn message_of_json(body: &[u8]) -> String {
    match Object::parse(body) {
        Some(said) => ["message", "Message", "error_description"]
            .into_iter()
            .find_map(|name| said.string(name))
            .unwrap_or_default()
            .to_owned(),
        None => start_of(body),
    }
}

/// An error page of a proxy or the like, not of the service.
fn is_generic(status: u16, body: &[u8]) -> bool {
    let body = body.trim_ascii();
    status >= 500 && (body.is_empty() || body.starts_with(b"<html>"))
}

fn reason(status: u16) -> String {
    let reason = http::StatusCode::from_u16(status)
        .ok()
        .and_then(|status| status.canonical_reason());
    reason.unwrap_or_default().to_owned()
}

fn unreadable(raw: &HttpResponse, why: &str) -> Failure {
    let mut failure = Failure::new(FailureKind::Response, format!("the answer cannot be read: {why}"))
        .with_status(raw.status().as_u16());
    failure.request_id = request_id(raw);
    failure
}

/// The request id of an XML body, else the one of the headers.
fn request_id(raw: &HttpResponse) -> Option<Box<str>> {
    let body = start_of(raw.body().bytes().unwrap_or_default());
    let named = body
        .split_once("<RequestId>")
        .and_then(|(_, rest)| rest.split_once("</RequestId>"))
        .map(|(id, _)| id);
    let headers = ["x-amzn-requestid", "x-amz-request-id"];
    let named = named.or_else(|| headers.into_iter().find_map(|name| raw.headers().get(name)));
    named.map(Into::into)
}

/// The start of a body, as a string.
pub(super) fn start_of(body: &[u8]) -> String {
    let start = body.get(..LONGEST_MESSAGE).unwrap_or(body);
    String::from_utf8_lossy(start).into_owned()
}

fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| error.source())
}

/// The innermost cause. Those around it may print the whole request, with what it holds.
fn innermost(error: &(dyn Error + 'static)) -> String {
    causes(error).last().map_or_else(String::new, ToString::to_string)
}
