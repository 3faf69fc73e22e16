//! Density and pressure of the air by height and temperature: the International Standard Atmosphere (ISO 2533), and its hydrostatic law for
//! days that are warmer or colder.
//!
//! Temperature falls by 6.5 K a kilometre from sea level; p = p₀ (T/T₀)^(g/RL), ρ = p/(R T).
//!
//! **Never:** knows humidity or the day's pressure.

/// Sea level: pressure, temperature; fall of temperature with height; gas constant of dry air; standard gravity.
const P0_PA: f64 = 101_325.0;
const T0_K: f64 = 288.15;
const LAPSE_KPM: f64 = 0.0065;
const R_JPKGK: f64 = 287.052_87;
const G_MPS2: f64 = crate::airframe::GRAVITY_MPS2;
const ZERO_DEGC_K: f64 = 273.15;

/// The column of air over a place.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    ground_kgpm3: f64,
    ground_pa: f64,
    ground_k: f64,
}

impl Column {
    /// Over ground of this height above the sea, at this temperature or the standard's.
    #[must_use]
    pub fn over(ground_alt_m: f64, temperature_degc: Option<f64>) -> Self {
        let standard_k = T0_K - LAPSE_KPM * ground_alt_m;
        let ground_k = temperature_degc.map_or(standard_k, |degc| degc + ZERO_DEGC_K);
        // The same day at sea level.
        let sea_k = ground_k + LAPSE_KPM * ground_alt_m;
        let pressure_pa = P0_PA * libm::pow(ground_k / sea_k, G_MPS2 / (R_JPKGK * LAPSE_KPM));
        let ground_kgpm3 = pressure_pa / (R_JPKGK * ground_k);
        Self { ground_kgpm3, ground_pa: pressure_pa, ground_k }
    }

    /// How warm it is at the ground.
    #[must_use]
    pub fn ground_degc(&self) -> f64 {
        self.ground_k - ZERO_DEGC_K
    }

    /// At a height above the ground.
    #[must_use]
    pub fn density_kgpm3(&self, height_m: f64) -> f64 {
        self.ground_kgpm3 * self.left(height_m, G_MPS2 / (R_JPKGK * LAPSE_KPM) - 1.0)
    }

    /// At a height above the ground.
    #[must_use]
    pub fn pressure_pa(&self, height_m: f64) -> f64 {
        self.ground_pa * self.left(height_m, G_MPS2 / (R_JPKGK * LAPSE_KPM))
    }

    /// (1 − L h/T)^power by its binomial series, which within 2 km is exact to a millionth and asks no power of the machine
    /// in every tick.
    fn left(&self, height_m: f64, power: f64) -> f64 {
        let x = LAPSE_KPM * height_m.clamp(-500.0, 20_000.0) / self.ground_k;
        let mut factor = 1.0;
        for k in [6.0, 5.0, 4.0, 3.0, 2.0, 1.0] {
            factor = 1.0 - (power - k + 1.0) / k * x * factor;
        }
        factor
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn density_falls_as_the_standard_s_table_says() {
        // ISO 2533: geopotential height -> density, at ground of that height and aloft over the sea.
        for (alt_m, kgpm3) in [
            (-500.0, 1.284_89),
            (0.0, 1.225_00),
            (500.0, 1.167_27),
            (1000.0, 1.111_64),
            (2000.0, 1.006_49),
            (2500.0, 0.956_859),
            (4000.0, 0.819_129),
            (10_000.0, 0.412_706),
        ] {
            let ground = Column::over(alt_m, None).density_kgpm3(0.0);
            assert!((ground / kgpm3 - 1.0).abs() < 1e-5, "{alt_m}: {ground}");
            let aloft = Column::over(0.0, None).density_kgpm3(alt_m);
            assert!((aloft / kgpm3 - 1.0).abs() < 1e-5, "{alt_m}: {aloft}");
        }
    }

    #[test]
    fn pressure_falls_as_the_standard_s_table_says() {
        // ISO 2533, at ground of that height and aloft over the sea.
        for (alt_m, pa) in [
            (-500.0, 107_478.0),
            (0.0, 101_325.0),
            (500.0, 95_460.8),
            (1000.0, 89_874.6),
            (2000.0, 79_495.2),
        ] {
            let ground = Column::over(alt_m, None).pressure_pa(0.0);
            assert!((ground / pa - 1.0).abs() < 1e-5, "{alt_m}: {ground}");
            let aloft = Column::over(0.0, None).pressure_pa(alt_m);
            assert!((aloft / pa - 1.0).abs() < 1e-5, "{alt_m}: {aloft}");
        }
        // At 0 °C a hundred metres of air weigh more than at 30 °C, by the ratio of the temperatures.
        let falls = |degc| {
            let column = Column::over(0.0, Some(degc));
            column.pressure_pa(0.0) - column.pressure_pa(100.0)
        };
        assert!((falls(0.0) / falls(30.0) - 303.15 / 273.15).abs() < 1e-3);
    }

    #[test]
    fn high_ground_on_a_warm_day_has_the_pressure_of_a_warm_column_below_it() {
        // Ground, temperature there, height above it -> density. At 2500 m and 20 °C the sea would have 36.25 °C:
        // p = 1013.25 hPa × (293.15/309.4)^5.25588 = 763.08 hPa; and 500 m above, 289.9 K and 719.65 hPa.
        for (ground_m, degc, height_m, kgpm3) in
            [(2500.0, 20.0, 0.0, 0.906_812), (2500.0, 20.0, 500.0, 0.864_792)]
        {
            let found = Column::over(ground_m, Some(degc)).density_kgpm3(height_m);
            assert!((found / kgpm3 - 1.0).abs() < 1e-5, "{ground_m} {degc} {height_m}: {found}");
        }
    }

    #[test]
    fn a_hot_day_is_thinner_and_a_cold_one_denser_in_proportion() {
        for degc in [-20.0, 15.0, 40.0] {
            let found = Column::over(0.0, Some(degc)).density_kgpm3(0.0);
            let exact = 1.225 * 288.15 / (degc + 273.15);
            assert!((found / exact - 1.0).abs() < 1e-5, "{degc}: {found}");
        }
    }
}
