//! What `hushwing airframe` may be told, and the equations that its help writes down.
//!
//! **Never:** does anything.

use std::path::PathBuf;

/// What `hushwing airframe --help` begins with.
pub const EQUATIONS: &str = "\
Fly a bare airframe open loop by a table of commands, to compare its physics with your own.

No firmware, no ground, no battery, air of 1.225 kg/m³. World: x forward, y left, z up; body the same.
Rotors of a quadcopter: 1 front left, 2 front right, 3 rear right, 4 rear left; 1 and 3 yaw the body
positively about z up. The keys of the airframe's file say which coefficient is which. With
a = Rᵀ(v − wind), for each rotor u = a + ω × r, its speed m and its `yaw_sign` s:

  m' = (c − m) / τ    c clipped to rotor_radps_min and _max; τ = motor_spin_up_s if c > m,
                      else motor_spin_down_s
  f = (0, 0, k_eta m²) − m (k_d u_x, k_d u_y, k_z u_z) + (0, 0, k_h (u_x² + u_y²))
  M = Σ r × f + s k_m m² e_z − k_flap m u × e_z  [+ s J_r m' e_z  if terms.spin_up_reaction]
  F = Σ f − |a| (c_Dx a_x, c_Dy a_y, c_Dz a_z)
  mass v' = R F − mass g e_z
  J ω' = M − ω × (J ω + h e_z)    h = [− Σ s J_r m  if terms.rotor_gyroscope, else] 0

With τ = 0 a motor has its new speed from the first instant of the step, and the reaction of its jump is
spread over that step: s J_r (c − m)/h.

Off on the bench, whatever the file's `terms` say: ground_effect, vortex_ring, air_density, battery_sag and
prop_strike. Rotors that no firmware could steer fly here all the same; a story refuses them.

The lag is integrated exactly, the rest by Runge-Kutta of fourth order. A row's commands and wind hold
until the next row, on which a step always ends; the last may be 100 million steps after the first.";

/// Fly a bare airframe open loop by a table of commands, to compare its physics with your own.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  printf 't,c1,c2,c3,c4\\n0,500,500,500,500\\n0.2,469,469,469,469\\n3,0,0,0,0\\n' > in.csv
  echo '{\"position_m\": [0, 0, 10], \"velocity_mps\": [0, 0, 0], \"attitude_xyzw\": [0, 0, 0, 1],
    \"rate_radps\": [0, 0, 0], \"motor_radps\": [469, 469, 469, 469]}' > start.json
  hushwing airframe assets/airframes/hummingbird.ron --commands in.csv --start start.json --out out.csv

IN.csv    t,c1..cN in s and rad/s, t growing; wind_x,wind_y,wind_z in m/s or none of the three
OUT.csv   t,x,y,z,vx,vy,vz,qx,qy,qz,qw,wx,wy,wz,m1..mN at the rows of IN.csv: m, m/s, a unit
          quaternion that turns body into world, rad/s of the body in its own axes, rad/s

Exit code: 0 if it flew; 3 if a file is not as it must be: the message says file, line, column
and what to do, and nothing is written; 64 if a file cannot be read or written, or the step is
too long for the motion.")]
pub struct Airframe {
    /// The airframe's file
    #[arg(value_name = "AIRFRAME.ron")]
    pub airframe: PathBuf,
    /// The table of commands
    #[arg(long, value_name = "IN.csv")]
    pub commands: PathBuf,
    /// Where and how it starts, as JSON: position_m, velocity_mps, attitude_xyzw, rate_radps, motor_radps
    #[arg(long, value_name = "START.json")]
    pub start: PathBuf,
    /// Where the states go; the file is replaced when all of them are there
    #[arg(long, value_name = "OUT.csv")]
    pub out: PathBuf,
    /// Longest step of the integration, in seconds
    #[arg(long, value_name = "S", default_value_t = 0.001, value_parser = positive)]
    pub dt_s: f64,
    /// Gravity, in m/s²: the standard's, unless your own integration has another
    #[arg(long, value_name = "G", default_value_t = flight::body::GRAVITY_MPS2, value_parser = not_negative)]
    pub gravity_mps2: f64,
}

fn positive(text: &str) -> Result<f64, String> {
    let value: Option<f64> = text.parse().ok();
    value
        .filter(|v| *v >= 1e-6 && v.is_finite())
        .ok_or_else(|| "give a number of seconds of at least 0.000001, such as 0.001".to_owned())
}

fn not_negative(text: &str) -> Result<f64, String> {
    let value: Option<f64> = text.parse().ok();
    value
        .filter(|v| (0.0..=1000.0).contains(v))
        .ok_or_else(|| "give m/s² from 0 to 1000, such as 9.81".to_owned())
}
