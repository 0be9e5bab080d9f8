//! A server for tests: answers each connection with the next reply, and keeps what it was asked.

use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

/// What a connection gets.
pub(super) enum Reply {
    /// A status and a body.
    Answer(u16, String),
    /// Headers that promise a body, and then nothing.
    HeadersOnly,
    /// Nothing, while the connection stays open.
    Silence,
    /// Nothing, and the connection is closed.
    HangUp,
    /// Exactly these bytes.
    Raw(&'static str),
}

/// A 200 with this body.
pub(super) fn ok(body: impl Into<String>) -> Reply {
    Reply::Answer(200, body.into())
}

/// The server; it ends after its last reply.
pub(super) struct Server {
    /// Where it is, without a slash at the end.
    pub(super) url: String,
    asked: Receiver<String>,
}

impl Server {
    /// Starts on a free port.
    pub(super) fn start(replies: Vec<Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let (sender, asked) = channel();
        thread::spawn(move || {
            let mut open = Vec::new();
            for reply in replies {
                let (mut stream, _) = listener.accept().expect("a connection");
                // The test may be over before the last request came.
                let _ = sender.send(request(&stream));
                respond(&mut stream, &reply);
                if matches!(reply, Reply::Silence | Reply::HeadersOnly) {
                    open.push(stream);
                }
            }
            if !open.is_empty() {
                thread::sleep(Duration::from_mins(1));
            }
        });
        Self { url, asked }
    }

    /// The requests so far, each with its line, its headers and its body.
    pub(super) fn asked(&self) -> Vec<String> {
        self.asked.try_iter().collect()
    }
}

fn respond(stream: &mut TcpStream, reply: &Reply) {
    let string = match reply {
        Reply::Answer(status, body) => {
            let mut string = format!("HTTP/1.1 {status} Said So\r\n");
            let length = body.len();
            let headers = "x-amzn-requestid: req-1\r\nconnection: close";
            write!(string, "{headers}\r\ncontent-length: {length}\r\n\r\n{body}").expect("memory");
            string
        }
        Reply::HeadersOnly => "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n".to_owned(),
        Reply::Silence | Reply::HangUp => return,
        Reply::Raw(string) => (*string).to_owned(),
    };
    stream.write_all(string.as_bytes()).expect("a client");
}

fn request(stream: &TcpStream) -> String {
    let mut reader = BufReader::new(stream);
    let mut string = String::new();
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).expect("a client");
        if line.trim().is_empty() {
            break;
        }
        let line = line.trim_end();
        if let Some((name, value)) = line.split_once(": ") {
            let name = name.to_ascii_lowercase();
            if name == "content-length" {
                length = value.parse().expect("a length");
            }
            writeln!(string, "{name}: {value}").expect("memory");
        } else {
            writeln!(string, "{line}").expect("memory");
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).expect("a body");
    string.push('\n');
    string.push_str(&String::from_utf8(body).expect("UTF-8"));
    string
}
