//! Laws of validation and serialisation, for random parameters.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod model_support;

use std::iter;

use model_support::{Value, operation, params, report, string};
use presigned::encode;
use presigned::model::operations::OPERATIONS;
use presigned::model::{Member, Operation, Shape, auth_path, serialise, validate};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};

/// A value that a member takes.
fn valid(shape: &Shape) -> BoxedStrategy<Value> {
    match *shape {
        Shape::String { min } => {
            let enough = move |string: &String| string.chars().count() >= min.unwrap_or(0) as usize;
            any::<String>().prop_filter_map("long enough", move |string| {
                enough(&string).then_some(Value::String(string))
            })
        }
        .boxed(),
        Shape::Integer { min } => (min.unwrap_or(i64::MIN)..)
            .prop_map(|number| Value::Int(number.into()))
            .boxed(),
        Shape::Boolean => any::<bool>().prop_map(Value::Bool).boxed(),
        Shape::Blob => any::<Vec<u8>>().prop_map(Value::Bytes).boxed(),
        Shape::Timestamp(_) => (-62_135_596_800_i64..=253_402_300_799)
            .prop_map(|seconds| Value::Int(seconds.into()))
            .boxed(),
        Shape::List { item, .. } => vec(valid(item), 0..3).prop_map(Value::List).boxed(),
        Shape::Map { key, value } => vec((valid(key), valid(value)), 0..3).prop_map(Value::Map).boxed(),
        Shape::Structure(structure) => {
            let is_set = |name: &str| structure.is_union || structure.required.contains(&name);
            let members = structure.members.iter().filter(|(name, _)| is_set(name));
            let entries = members.map(|(name, shape)| (Just(string(name)), valid(shape)));
            entries.collect::<Vec<_>>().prop_map(Value::Map).boxed()
        }
    }
}

/// Any value at all.
fn anything() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        Just(Value::Stream),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(|number| Value::Int(number.into())),
        any::<f64>().prop_map(Value::Float),
        any::<String>().prop_map(Value::String),
        any::<Vec<u8>>().prop_map(Value::Bytes),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..3).prop_map(Value::List),
            vec(inner.clone(), 0..3).prop_map(Value::Tuple),
            vec((inner.clone(), inner), 0..3).prop_map(Value::Map),
        ]
    })
}

/// An operation and a valid call of it, in any order.
fn valid_call() -> impl Strategy<Value = (&'static Operation, Vec<(Value, Value)>)> {
    select(&OPERATIONS[..]).prop_flat_map(|operation| {
        let (required, optional): (Vec<&Member>, Vec<&Member>) = operation
            .members
            .iter()
            .partition(|member| operation.required.contains(&member.name));
        let count = 0..=optional.len().min(6);
        subsequence(optional, count)
            .prop_flat_map(move |chosen: Vec<&Member>| {
                let all = required.iter().copied().chain(chosen);
                let pairs = all.map(|member| (Just(string(member.name)), valid(member.shape)));
                pairs.collect::<Vec<_>>().prop_shuffle()
            })
            .prop_map(move |given| (operation, given))
    })
}

fn decoded(string: &str) -> String {
    encode::decode(string).into_owned()
}

proptest! {
    #[test]
    fn a_valid_call_is_accepted_in_any_order((operation, given) in valid_call()) {
        validate(operation, &params(operation, &given)).expect(operation.name);
    }

    #[test]
    fn one_unknown_name_adds_one_line((operation, mut given) in valid_call(), at in any::<Index>()) {
        given.insert(at.index(given.len() + 1), (string("Unheard Of"), Value::Null));
        let report = report(validate(operation, &params(operation, &given)));
        prop_assert!(report.starts_with("Unknown parameter in input: \"Unheard Of\", must be one of: "));
        prop_assert_eq!(report.lines().count(), 1);
    }

    #[test]
    fn leaving_one_required_parameter_out_adds_one_line((operation, mut given) in valid_call(), which in any::<Index>()) {
        prop_assume!(!operation.required.is_empty());
        let name = operation.required[which.index(operation.required.len())];
        given.retain(|(given, _)| !matches!(given, Value::String(given) if given == name));
        let expected = format!("Missing required parameter in input: \"{name}\"");
        prop_assert_eq!(report(validate(operation, &params(operation, &given))), expected);
    }

    #[test]
    fn a_path_holds_the_key_in_safe_characters_and_nothing_else(key in ".+") {
        let operation = operation("get_object");
        let given = [(string("Bucket"), string("b")), (string("Key"), string(&key))];
        let path = serialise(operation, &params(operation, &given)).expect("placed").path.to_owned();
        let is_safe = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/%".contains(&byte);
        prop_assert!(path.bytes().all(is_safe), "{}", path);
        prop_assert_eq!(decoded(&path), format!("/{key}"));
        let signed = auth_path(operation, &params(operation, &given)).expect("placed");
        prop_assert_eq!(signed, Some(format!("/b{path}")));
    }

    #[test]
    fn a_query_holds_the_parameters_in_the_order_given(
        values in vec(any::<String>(), 1..5),
        order in Just(vec!["Prefix", "Delimiter", "Marker", "EncodingType"]).prop_shuffle(),
    ) {
        let operation = operation("list_objects");
        let pairs = iter::zip(&order, &values).map(|(name, value)| (string(name), string(value)));
        let given: Vec<_> = iter::once((string("Bucket"), string("b"))).chain(pairs).collect();
        let query = serialise(operation, &params(operation, &given)).expect("placed").query.to_owned();
        let found = query.split('&').map(|pair| pair.split_once('=').expect("a value"));
        let found: Vec<_> = found.map(|(name, value)| (name.to_owned(), decoded(value))).collect();
        let wire_name = |name: &str| operation.member(name).expect("a member").wire_name.to_owned();
        let expected: Vec<_> = iter::zip(order, values).map(|(name, value)| (wire_name(name), value)).collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn a_listed_string_is_quoted_exactly_if_it_holds_a_comma_or_a_quotation_mark(items in vec("[a,\" ]{0,4}", 1..4)) {
        let operation = operation("get_object_attributes");
        let list = Value::List(items.iter().map(|item| string(item)).collect());
        let given = [(string("Bucket"), string("b")), (string("Key"), string("k")), (string("ObjectAttributes"), list)];
        let params = params(operation, &given);
        let made = serialise(operation, &params).expect("placed");
        // Reads the header back, one character at a time.
        let (mut found, mut quoted, mut rest) = (vec![String::new()], false, made.headers[0].1.chars());
        while let Some(character) = rest.next() {
            match character {
                '"' => quoted = !quoted,
                '\\' => found.last_mut().expect("an item").extend(rest.next()),
                ',' if !quoted => found.push(String::new()),
                other => found.last_mut().expect("an item").push(other),
            }
        }
        prop_assert_eq!(found, items);
    }

    #[test]
    fn nothing_panics_whatever_the_values(
        operation in select(&OPERATIONS[..]),
        given in vec((any::<Index>(), anything()), 0..6),
        stray in (anything(), anything()),
    ) {
        let name = |index: Index| string(operation.members[index.index(operation.members.len())].name);
        let pairs = given.into_iter().map(|(index, value)| (name(index), value));
        let given: Vec<_> = pairs.chain([stray]).collect();
        let params = params(operation, &given);
        let is_valid = validate(operation, &params).is_ok();
        prop_assert!(!is_valid || serialise(operation, &params).is_ok() || operation.host_prefix.is_some());
    }
}
