//! The generated tables hold what botocore's model holds, and are found by name.

use std::collections::BTreeMap;

use presigned::model::operations::{self, OPERATIONS};
use presigned::model::{Operation, Place, Shape};

#[test]
fn s3_has_116_operations_of_five_methods() {
    let mut methods = BTreeMap::<_, usize>::new();
    for operation in OPERATIONS {
        *methods.entry(operation.http_method).or_default() += 1;
    }
    let counted = [("DELETE", 20), ("GET", 48), ("HEAD", 2), ("POST", 8), ("PUT", 38)];
    assert_eq!(methods.into_iter().collect::<Vec<_>>(), counted);
}

#[test]
fn members_go_to_five_places() {
    let place_of = |place| {
        let members = OPERATIONS.iter().flat_map(|operation| operation.members);
        members.filter(|member| member.place == place).count()
    };
    assert_eq!(place_of(Place::Path), 143);
    assert_eq!(place_of(Place::Query), 94);
    assert_eq!(place_of(Place::Header), 503);
    assert_eq!(place_of(Place::HeaderMap), 4);
    assert_eq!(place_of(Place::Body), 47);
}

#[test]
fn every_operation_is_found_by_its_method_name_and_nothing_else_is() {
    for operation in OPERATIONS {
        let found = Operation::by_method_name(operation.method_name).expect(operation.method_name);
        assert_eq!(found.name, operation.name);
        let reversed: String = operation.method_name.chars().rev().collect();
        assert!(Operation::by_method_name(&reversed).is_none(), "{reversed}");
    }
    for unknown in [
        "",
        "GetObject",
        "get_objec",
        "get_object_",
        "upload_file",
        &"x".repeat(500),
    ] {
        assert!(Operation::by_method_name(unknown).is_none(), "{unknown}");
    }
}

#[test]
fn every_member_is_found_by_its_name_and_nothing_else_is() {
    for operation in OPERATIONS {
        for member in operation.members {
            let found = operation.member(member.name).expect(member.name);
            assert!(std::ptr::eq(found, *member), "{} of {}", member.name, operation.name);
        }
        for unknown in ["", "bucket", "Foo"] {
            assert!(operation.member(unknown).is_none(), "{unknown} of {}", operation.name);
        }
    }
}

#[test]
fn the_bucket_is_taken_out_of_the_path_template() {
    let template = |operation: &Operation| (operation.has_bucket, operation.path, operation.query);
    assert_eq!(template(&operations::GET_OBJECT), (true, "/{Key+}", ""));
    assert_eq!(template(&operations::LIST_OBJECTS_V2), (true, "", "list-type=2"));
    assert_eq!(template(&operations::CREATE_BUCKET), (true, "", ""));
    assert_eq!(template(&operations::LIST_BUCKETS), (false, "/", ""));
    let response = template(&operations::WRITE_GET_OBJECT_RESPONSE);
    assert_eq!(response, (false, "/WriteGetObjectResponse", ""));
}

#[test]
fn five_operations_have_a_raw_body() {
    let is_raw = |operation: &&&Operation| {
        let payload = operation.payload.and_then(|name| operation.member(name));
        payload.is_some_and(|member| matches!(member.shape, Shape::Blob | Shape::String { .. }))
    };
    let raw: Vec<_> = OPERATIONS
        .iter()
        .filter(is_raw)
        .map(|operation| operation.name)
        .collect();
    let expected = [
        "PutBucketPolicy",
        "PutObject",
        "PutObjectAnnotation",
        "UploadPart",
        "WriteGetObjectResponse",
    ];
    assert_eq!(raw, expected);
}

#[test]
fn one_member_is_made_up_and_one_becomes_a_part_of_the_host() {
    let names = |is_special: fn(&presigned::model::Member) -> bool| {
        let of = |operation: &'static Operation| {
            let special = operation.members.iter().filter(move |member| is_special(member));
            special.map(|member| format!("{}.{}", operation.name, member.name))
        };
        OPERATIONS
            .iter()
            .flat_map(|operation| of(operation))
            .collect::<Vec<_>>()
    };
    let tokens = OPERATIONS.iter().filter_map(|operation| {
        let token = operation.idempotency_token?;
        Some(format!("{}.{}", operation.name, token.name))
    });
    assert_eq!(tokens.collect::<Vec<_>>(), ["RenameObject.ClientToken"]);
    assert_eq!(
        names(|member| member.is_host_label),
        ["WriteGetObjectResponse.RequestRoute"]
    );
}
