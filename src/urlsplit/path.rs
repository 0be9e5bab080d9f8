//! Turns the path of a custom endpoint into the one that path-style URLs are built on.

/// Resolves `.` and `..` and merges slashes; an empty path becomes `/`.
#[must_use]
pub fn normalize_url_path(path: &str) -> String {
    if path.is_empty() {
        return "/".to_owned();
    }
    let mut kept: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                kept.pop();
            }
            _ => kept.push(segment),
        }
    }
    let first = if path.starts_with('/') { "/" } else { "" };
    let last = if path.ends_with('/') && !kept.is_empty() {
        "/"
    } else {
        ""
    };
    format!("{first}{}{last}", kept.join("/"))
}

/// `path` without the `;parameters` of its last segment: what `urlparse`, unlike `urlsplit`,
/// calls the path of an `http` or `https` URL.
#[must_use]
pub fn without_params(path: &str) -> &str {
    let last_segment = path.rfind('/').unwrap_or(0);
    match path[last_segment..].find(';') {
        Some(at) => &path[..last_segment + at],
        None => path,
    }
}
