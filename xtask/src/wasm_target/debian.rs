//! Debian's packages as a source of files: fetched and unpacked without root, never installed.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::command;

const KEYRING: &str = "/usr/share/keyrings/debian-archive-keyring.gpg";
const LISTS_LIMIT: Duration = Duration::from_secs(120);
const PACKAGES_LIMIT: Duration = Duration::from_secs(600);

/// This Debian system: its release, and the mirrors it takes packages from.
#[derive(Debug)]
pub struct Debian {
    pub codename: String,
    mirror: String,
    security: Option<String>,
}

impl Debian {
    pub fn find() -> Result<Self> {
        if command::on_path(&["apt-get"]).is_none() || command::on_path(&["dpkg-deb"]).is_none() {
            bail!("this is no Debian system");
        }
        let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
        let field = |name: &str| {
            let value = release.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='));
            value.map(|value| value.trim_matches('"').to_owned())
        };
        if field("ID").as_deref() != Some("debian") || !Path::new(KEYRING).is_file() {
            bail!("this is no Debian system");
        }
        let codename = field("VERSION_CODENAME").context("/etc/os-release names no release")?;
        let targets = command::output(Command::new("apt-get").args([
            "indextargets",
            "--format",
            "$(RELEASE) $(SITE)",
        ]))?;
        let site = |suite: &str| {
            let line = targets.lines().find_map(|line| line.strip_prefix(suite)?.strip_prefix(' '));
            line.map(str::to_owned)
        };
        let mirror = site(&codename).context("apt knows no mirror of this release")?;
        let security = site(&format!("{codename}-security"));
        Ok(Self { codename, mirror, security })
    }

    /// A line of a package list for a suite of the main archive.
    pub fn source(&self, suite: &str) -> String {
        format!("deb [signed-by={KEYRING}] {} {suite} main\n", self.mirror)
    }

    /// The same for this release's security updates.
    pub fn security_source(&self) -> Option<String> {
        let site = self.security.as_ref()?;
        Some(format!("deb [signed-by={KEYRING}] {site} {}-security main\n", self.codename))
    }
}

/// Package lists of our own, in a folder of our own.
#[derive(Debug)]
pub struct Lists {
    folder: PathBuf,
}

impl Lists {
    pub fn fetch(folder: &Path, sources: &str) -> Result<Self> {
        for name in ["lists/partial", "cache/archives/partial"] {
            fs::create_dir_all(folder.join(name))?;
        }
        fs::write(folder.join("sources.list"), sources)?;
        let lists = Self { folder: folder.to_path_buf() };
        lists.run(lists.apt("apt-get").args(["-qq", "update"]), LISTS_LIMIT)?;
        Ok(lists)
    }

    /// The versions of a package that the lists offer, newest first.
    pub fn versions(&self, package: &str) -> Result<Vec<String>> {
        let text = command::output(self.apt("apt-cache").args(["madison", package]))?;
        let version = |line: &str| line.split('|').nth(1).map(|word| word.trim().to_owned());
        Ok(text.lines().filter_map(version).collect())
    }

    /// Fetches one package alone and unpacks it.
    pub fn unpack_one(&self, package: &str, into: &Path) -> Result<()> {
        let mut apt = self.apt("apt-get");
        apt.current_dir(self.archives()).args(["-qq", "download", package]);
        self.run(&mut apt, PACKAGES_LIMIT)?;
        self.unpack(into)
    }

    /// Fetches packages with what they need and this system lacks, and unpacks them all.
    pub fn unpack_with_needs(&self, packages: &[String], into: &Path) -> Result<()> {
        let mut apt = self.apt("apt-get");
        apt.args(["-qq", "install", "--yes", "--no-install-recommends", "--download-only"]);
        self.run(apt.args(packages), PACKAGES_LIMIT)?;
        self.unpack(into)
    }

    fn unpack(&self, into: &Path) -> Result<()> {
        for entry in fs::read_dir(self.archives())? {
            let file = entry?.path();
            if file.extension().is_some_and(|extension| extension == "deb") {
                command::run(Command::new("dpkg-deb").arg("-x").arg(&file).arg(into))?;
                fs::remove_file(file)?;
            }
        }
        Ok(())
    }

    /// Runs apt, whose complaints are shown only when it fails: some systems have it clean up, after each use,
    /// folders that only root may touch.
    fn run(&self, apt: &mut Command, limit: Duration) -> Result<()> {
        let complaints = self.folder.join("complaints");
        let outcome = command::run_for(apt.stderr(File::create(&complaints)?), limit);
        if outcome.is_err() {
            eprint!("{}", fs::read_to_string(&complaints).unwrap_or_default());
        }
        outcome
    }

    fn archives(&self) -> PathBuf {
        self.folder.join("cache/archives")
    }

    /// An apt program that sees these lists only and touches nothing of the system's.
    fn apt(&self, program: &str) -> Command {
        let mut apt = Command::new(program);
        for (name, value) in [
            ("Dir::Etc::sourcelist", self.folder.join("sources.list")),
            ("Dir::Etc::sourceparts", PathBuf::from("/dev/null")),
            ("Dir::State::lists", self.folder.join("lists")),
            ("Dir::Cache", self.folder.join("cache")),
        ] {
            apt.arg("-o").arg(format!("{name}={}", value.display()));
        }
        for option in [
            "Acquire::Languages=none",
            "Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false",
            // Without root there is nobody to become, and no lock of the system's is needed.
            "APT::Sandbox::User=",
            "Debug::NoLocking=1",
        ] {
            apt.args(["-o", option]);
        }
        apt.env("DEBIAN_FRONTEND", "noninteractive");
        apt
    }
}
