//! Which program wrote a report, and where and when it was measured.

use crate::coded::{Coded, MAX_WORDS};
use crate::exchange::reader::Reader;
use crate::failure::{Lack, ReportProblem, Result};
use crate::measure::report::limits::MAX_USER_AGENT;
use crate::measure::report::{Availability, Capabilities, Environment, Producer, Visibility};

/// The longest name and version of a program, in characters.
const MAX_NAME: usize = 64;
/// Most cores that a machine is believed to have.
const MAX_CORES: u32 = 4096;
/// The coarsest clock that is believed, in µs: a tenth of a second.
const MAX_RESOLUTION_US: f64 = 1e5;

/// Reads which program it was.
pub fn producer(producer: &Reader) -> Result<Producer> {
    producer.only(&["name", "version"])?;
    let name = |key| {
        let name = producer.get(key)?;
        let text = name.text(MAX_NAME)?;
        if text.chars().all(|c| c.is_ascii_alphanumeric() || " ._+-".contains(c)) {
            Ok(text.to_owned())
        } else {
            Err(name.wrong(ReportProblem::NotPlainName))
        }
    };
    Ok(Producer { name: name("name")?, version: name("version")? })
}

/// Reads where and when.
pub fn environment(environment: &Reader) -> Result<Environment> {
    environment.only(&[
        "crossOriginIsolated",
        "hardwareConcurrency",
        "effectiveCores",
        "clockResolutionUs",
        "serviceWorker",
        "sharedMemory",
        "workers",
        "userAgent",
        "startedAt",
        "visibility",
    ])?;
    let started_at = environment.get("startedAt")?;
    Ok(Environment {
        capabilities: Capabilities {
            cross_origin_isolated: environment.get("crossOriginIsolated")?.boolean()?,
            hardware_concurrency: environment
                .get("hardwareConcurrency")?
                .integer(1, MAX_CORES.into())? as u32,
            effective_cores: cores(&environment.get("effectiveCores")?)?,
            clock_resolution_us: environment
                .get("clockResolutionUs")?
                .number(0.0, MAX_RESOLUTION_US)?,
            service_worker: availability(&environment.get("serviceWorker")?)?,
            shared_memory: availability(&environment.get("sharedMemory")?)?,
            workers: availability(&environment.get("workers")?)?,
        },
        user_agent: environment.get("userAgent")?.text(MAX_USER_AGENT)?.to_owned(),
        started_at: moment(&started_at)?.to_owned(),
        visibility: environment.get("visibility")?.one_of(&Visibility::ALL, Visibility::id)?,
    })
}

/// Reads how many cores were free, where that was found out.
pub fn cores(cores: &Reader) -> Result<Option<f64>> {
    cores.given().map(|cores| cores.number(0.1, MAX_CORES.into())).transpose()
}

fn availability(availability: &Reader) -> Result<Availability> {
    availability.only(&["available", "reason", "code", "figures"])?;
    let is_available = availability.get("available")?.boolean()?;
    let reason = availability.get("reason")?;
    if is_available && reason.value().is_null() {
        return Ok(Availability::Available);
    }
    let said = reason.text(MAX_WORDS)?;
    if is_available {
        return Err(reason.wrong(ReportProblem::AvailableWithReason));
    }
    let known = availability.record().and_then(|record| Lack::from_record(&record));
    Ok(Availability::Lacking(known.unwrap_or_else(|| Lack::Foreign { said: said.into() })))
}

/// A moment as JavaScript's `toISOString` writes it.
pub fn moment<'a>(moment: &Reader<'a>) -> Result<&'a str> {
    const FORM: &str = "0000-00-00T00:00:00.000Z";
    let text = moment.text(FORM.len())?;
    let fits = |(c, form): (char, char)| if form == '0' { c.is_ascii_digit() } else { c == form };
    if text.len() == FORM.len() && text.chars().zip(FORM.chars()).all(fits) {
        Ok(text)
    } else {
        Err(moment.wrong(ReportProblem::NotMoment))
    }
}
