//! Serving `dist/` on this machine only, with the right types and without caching.

use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use hyper::header::{CACHE_CONTROL, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tower_http::services::ServeDir;

const USUAL_PORT: u16 = 8080;
/// How many ports after the usual one are tried.
const TRIES: u16 = 20;

/// What the person asked of the server.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Options {
    port: Option<u16>,
    open: bool,
}

impl Options {
    pub fn parse(arguments: &[String]) -> Result<Self> {
        let mut options = Self::default();
        let mut rest = arguments.iter();
        while let Some(argument) = rest.next() {
            match argument.as_str() {
                "--open" => options.open = true,
                "--port" => {
                    let port = rest.next().and_then(|text| text.parse().ok());
                    options.port =
                        Some(port.context("--port wants a number up to 65535 after it")?);
                }
                other => bail!("`{other}` is not understood; play takes --port N and --open"),
            }
        }
        Ok(options)
    }
}

/// Serves the folder until the person stops it.
pub fn serve(folder: &Path, options: &Options) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    runtime.block_on(async {
        let listener = listen(options.port).await?;
        let address = format!("http://{}/", listener.local_addr()?);
        println!("\nThe page is at {address} (Ctrl-C ends it)");
        if options.open {
            open_in_browser(&address);
        }
        accept(listener, ServeDir::new(folder)).await
    })
}

/// The port asked for, or else the first free one from the usual one on.
async fn listen(port: Option<u16>) -> Result<TcpListener> {
    let ports = port.map_or(USUAL_PORT..=USUAL_PORT + TRIES, |port| port..=port);
    let range = format!("{} to {}", ports.start(), ports.end());
    for number in ports {
        match TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, number))).await {
            Ok(listener) => return Ok(listener),
            Err(error) if error.kind() == ErrorKind::AddrInUse && port.is_none() => {}
            Err(error) if error.kind() == ErrorKind::AddrInUse => {
                bail!("port {number} is taken; leave --port out, or name another")
            }
            Err(error) => bail!("port {number} can't be used: {error}"),
        }
    }
    bail!("the ports {range} are all taken; name a free one with --port N")
}

async fn accept(listener: TcpListener, folder: ServeDir) -> Result<()> {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => drop(tokio::spawn(answer(stream, folder.clone()))),
            Err(error) => eprintln!("a connection failed: {error}"),
        }
    }
}

async fn answer(stream: TcpStream, folder: ServeDir) {
    let service = service_fn(|request| {
        let mut folder = folder.clone();
        async move {
            let mut response = folder.try_call(request).await?;
            response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
            Ok::<_, std::io::Error>(response)
        }
    });
    // A browser that closes its tab in the middle is no error worth a word.
    http1::Builder::new().serve_connection(TokioIo::new(stream), service).await.ok();
}

fn open_in_browser(address: &str) {
    let (program, arguments): (&str, &[&str]) = match std::env::consts::OS {
        "macos" => ("open", &[]),
        "windows" => ("cmd", &["/c", "start"]),
        _ => ("xdg-open", &[]),
    };
    let mut command = Command::new(program);
    command.args(arguments).arg(address);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    if command.spawn().is_err() {
        println!("(`{program}` is not there: open the address yourself)");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(words: &[&str]) -> Result<Options> {
        Options::parse(&words.iter().map(ToString::to_string).collect::<Vec<_>>())
    }

    #[test]
    fn options_are_read() {
        assert_eq!(parse(&[]).unwrap(), Options { port: None, open: false });
        let both = parse(&["--port", "9000", "--open"]).unwrap();
        assert_eq!(both, Options { port: Some(9000), open: true });
    }

    #[test]
    fn a_wrong_option_says_what_is_wanted() {
        let message = parse(&["--port", "many"]).unwrap_err().to_string();
        assert_eq!(message, "--port wants a number up to 65535 after it");
        assert!(parse(&["--quick"]).is_err());
    }
}
