//! AWS's own crate derives the same keys, and signs with them as this one does.

use _asymmetric::{Algorithm, derived};
use aws_sigv4::sign::v4a;

#[test]
fn signatures_are_those_of_aws() {
    for number in 0..50 {
        let access_key = format!("AKIDEXAMPLE{number:09}");
        let secret_key = format!("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLE{number}");
        let string_to_sign = format!("AWS4-ECDSA-P256-SHA256\n20261130T120000Z\n{number}");
        let key = derived(&access_key, &secret_key).expect("a key");
        let own = key
            .sign(string_to_sign.as_bytes(), Algorithm::Sha256)
            .expect("a signature");
        let theirs = v4a::generate_signing_key(&access_key, &secret_key);
        let theirs = v4a::calculate_signature(&theirs, string_to_sign.as_bytes());
        assert_eq!(base16ct::lower::encode_string(&own), theirs, "{access_key}");
    }
}
