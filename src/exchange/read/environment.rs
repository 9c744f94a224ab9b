//! Which program wrote a report, and where and when it was measured.

use crate::coded::Coded;
use crate::exchange::reader::Reader;
use crate::failure::{Lack, ReportProblem, Result};
use crate::measure::report::limits::{MAX_MESSAGE, MAX_USER_AGENT};
use crate::measure::report::{Availability, Browser, Environment, Machine, Producer, Visibility};

/// The longest name of a program or model, and the longest version, in characters.
pub const MAX_NAME: usize = 64;
/// Most cores that a machine is believed to have.
pub const MAX_CORES: u32 = 4096;
/// The coarsest clock that is believed, in µs: a tenth of a second.
const MAX_RESOLUTION_US: f64 = 1e5;

/// The keys of an environment.
const KEYS: [&str; 10] = [
    "hardwareConcurrency",
    "effectiveCores",
    "clockResolutionUs",
    "crossOriginIsolated",
    "serviceWorker",
    "sharedMemory",
    "workers",
    "userAgent",
    "startedAt",
    "visibility",
];
/// Those of them that only a browser has.
const BROWSER_KEYS: [&str; 4] = ["crossOriginIsolated", "serviceWorker", "sharedMemory", "workers"];

/// Reads which program it was.
pub fn producer(producer: &Reader) -> Result<Producer> {
    producer.only(&["name", "version"])?;
    let name = |key| producer.get(key)?.plain(MAX_NAME).map(str::to_owned);
    Ok(Producer { name: name("name")?, version: name("version")? })
}

/// Reads where and when.
pub fn environment(environment: &Reader) -> Result<Environment> {
    environment.only(&KEYS)?;
    let started_at = environment.get("startedAt")?;
    let is_browser = BROWSER_KEYS.iter().any(|key| environment.optional(key).is_some());
    // A browser names itself, and has a tab.
    let of_browser = |key| match is_browser {
        true => environment.get(key).map(Some),
        false => Ok(environment.optional(key)),
    };
    let (user_agent, visibility) = (of_browser("userAgent")?, of_browser("visibility")?);
    Ok(Environment {
        machine: Machine {
            hardware_concurrency: environment
                .get("hardwareConcurrency")?
                .integer(1, MAX_CORES.into())? as u32,
            effective_cores: cores(&environment.get("effectiveCores")?)?,
            clock_resolution_us: environment
                .get("clockResolutionUs")?
                .number(0.0, MAX_RESOLUTION_US)?,
        },
        browser: is_browser.then(|| browser(environment)).transpose()?,
        user_agent: user_agent.map(|text| text.text(MAX_USER_AGENT)).transpose()?.map(Into::into),
        started_at: moment(&started_at)?.to_owned(),
        visibility: visibility
            .map(|word| word.one_of(&Visibility::ALL, Visibility::id))
            .transpose()?,
    })
}

/// Reads what the browser can do, of which there is all or nothing.
fn browser(environment: &Reader) -> Result<Browser> {
    Ok(Browser {
        cross_origin_isolated: environment.get("crossOriginIsolated")?.boolean()?,
        service_worker: availability(&environment.get("serviceWorker")?)?,
        shared_memory: availability(&environment.get("sharedMemory")?)?,
        workers: availability(&environment.get("workers")?)?,
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
    let said = reason.text(MAX_MESSAGE)?;
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
