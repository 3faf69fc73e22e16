//! Voices: WAV files of the assets as waveforms that the microphone can play.
//!
//! **Never:** resamples; a voice of another format is an error that says so.

use crate::chance::Stream;
use crate::error::FlyError;
use evidence::assets::Assets;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use vehicle::senses::SAMPLES_PER_TICK;

/// A voice at 16 kHz, its spoken parts at a root mean square of 1.
pub type Clip = Arc<[f32]>;

/// The voices that a flight may play, by name.
pub type Library = BTreeMap<String, Clip>;

const RATE_HZ: u32 = 16_000;

/// Reads voices by name.
///
/// # Errors
/// The first file that cannot be read or has another format.
pub fn read_library<'a>(
    names: impl Iterator<Item = &'a String>,
    assets: &Assets,
) -> Result<Library, FlyError> {
    names
        .map(|name| {
            let file = assets.voice_path(name);
            Ok((name.clone(), read(&file)?))
        })
        .collect()
}

/// Ticks that a clip lasts.
#[must_use]
pub fn ticks(clip: &Clip) -> u64 {
    clip.len().div_ceil(SAMPLES_PER_TICK) as u64
}

/// A clip of `length` samples: `other`, from `start` on and over again as often as it takes.
#[must_use]
pub fn in_place_of(length: usize, other: &Clip, start: usize) -> Clip {
    other.iter().copied().cycle().skip(start % other.len().max(1)).take(length).collect()
}

/// The same words through another throat: a first-order filter drawn from the stream.
#[must_use]
pub fn filtered(clip: &Clip, stream: &mut Stream) -> Clip {
    let keep = stream.between(0.15, 0.85) as f32;
    let sign = if stream.bits() & 1 == 0 { 1.0 } else { -1.0 };
    let mut last = 0.0;
    let heard: Vec<f32> = clip
        .iter()
        .map(|&sample| {
            last = last * keep + sample * (1.0 - keep);
            sign * last
        })
        .collect();
    levelled(&heard)
}

/// A tone at 7.9 kHz, just below what this microphone can deliver and far above what speech holds.
#[must_use]
pub fn tone(length: usize) -> Clip {
    const TONE_HZ: f64 = 7_900.0;
    let turn = core::f64::consts::TAU * TONE_HZ / f64::from(RATE_HZ);
    // A root mean square of 1, as of every voice.
    let sample = |i: usize| core::f64::consts::SQRT_2 * libm::sin(turn * i as f64);
    (0..length).map(|i| sample(i) as f32).collect()
}

/// The clip, louder or softer.
#[must_use]
pub fn scaled(clip: &Clip, by: f32) -> Clip {
    clip.iter().map(|sample| sample * by).collect()
}

fn read(file: &Path) -> Result<Clip, FlyError> {
    let voice = |problem: String| FlyError::Voice { file: file.to_path_buf(), problem };
    let mut reader = hound::WavReader::open(file).map_err(|error| match error {
        hound::Error::IoError(error) => FlyError::Unreadable { file: file.to_path_buf(), error },
        other => voice(other.to_string()),
    })?;
    let spec = reader.spec();
    if (spec.sample_rate, spec.channels, spec.bits_per_sample) != (RATE_HZ, 1, 16) {
        return Err(voice(format!(
            "{} Hz, {} channels, {} bits; make it 16000 Hz, one channel, 16 bits",
            spec.sample_rate, spec.channels, spec.bits_per_sample
        )));
    }
    let samples: Result<Vec<i16>, _> = reader.samples::<i16>().collect();
    let samples = samples.map_err(|e| voice(e.to_string()))?;
    if samples.iter().all(|s| *s == 0) {
        return Err(voice("silent; a voice must be heard".to_owned()));
    }
    Ok(levelled(&samples.iter().map(|s| f32::from(*s)).collect::<Vec<_>>()))
}

/// Scales so that the spoken parts have a root mean square of 1; pauses do not count.
fn levelled(samples: &[f32]) -> Clip {
    let peak = samples.iter().fold(0.0_f32, |peak, s| peak.max(s.abs()));
    let spoken = samples.iter().filter(|s| s.abs() > peak / 50.0);
    let (sum, count) = spoken
        .fold((0.0_f64, 0_u32), |(sum, count), s| (sum + f64::from(*s) * f64::from(*s), count + 1));
    let rms = (sum / f64::from(count.max(1))).sqrt();
    let scale = if rms > 0.0 { (1.0 / rms) as f32 } else { 0.0 };
    samples.iter().map(|s| s * scale).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::Seed;

    #[test]
    fn a_clip_keeps_its_length_and_its_loudness_through_every_change() {
        let tone: Vec<f32> =
            (0..16_000).map(|i| if i % 40 < 20 { 900.0 } else { -900.0 }).collect();
        let clip = levelled(&tone);
        assert!(clip.iter().all(|s| (s.abs() - 1.0).abs() < 1e-5));
        let other = filtered(&in_place_of(5_000, &clip, 77), &mut Seed::master(3).stream());
        let power = other.iter().map(|s| s * s).sum::<f32>() / other.len() as f32;
        assert!(other.len() == 5_000 && (power - 1.0).abs() < 0.1, "{power}");
        assert_eq!(ticks(&other), 157);
    }

    #[test]
    fn a_wav_of_another_rate_is_refused_with_what_to_do() {
        let file = std::env::temp_dir().join(format!("hushwing-voice-{}.wav", std::process::id()));
        let spec = hound::WavSpec {
            channels: 1,
            sample_rate: 22_050,
            bits_per_sample: 16,
            sample_format: hound::SampleFormat::Int,
        };
        let mut writer = hound::WavWriter::create(&file, spec).unwrap();
        writer.write_sample(100_i16).unwrap();
        writer.finalize().unwrap();
        let problem = read(&file).unwrap_err().to_string();
        std::fs::remove_file(&file).unwrap();
        assert!(problem.contains("22050") && problem.contains("make it 16000 Hz"), "{problem}");
    }
}
