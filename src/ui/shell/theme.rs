//! Light, dark, or whatever the system says.

/// What the reader chose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// The word under which it is kept.
    pub fn id(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme of this name; the system's for anything else.
    pub fn from_id(id: &str) -> Self {
        match id {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::System,
        }
    }

    /// What the switch turns to: the other look first, and the system's again
    /// after both.
    pub fn next(self, system_is_dark: bool) -> Self {
        match (self, system_is_dark) {
            (Self::System, true) => Self::Light,
            (Self::System, false) => Self::Dark,
            (Self::Light, true) | (Self::Dark, false) => {
                if self == Self::Light {
                    Self::Dark
                } else {
                    Self::Light
                }
            }
            (Self::Light, false) | (Self::Dark, true) => Self::System,
        }
    }

    /// The word on the switch.
    pub fn label(self) -> &'static str {
        match self {
            Self::System => "Auto",
            Self::Light => "Light",
            Self::Dark => "Dark",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_switch_visits_all_and_begins_with_the_other_look() {
        for (system_is_dark, other) in [(true, Theme::Light), (false, Theme::Dark)] {
            let first = Theme::System.next(system_is_dark);
            assert_eq!(first, other);
            let second = first.next(system_is_dark);
            assert_eq!(second.next(system_is_dark), Theme::System);
            assert_ne!(first, second);
        }
    }

    #[test]
    fn stored_theme_ids_are_read_back() {
        for theme in [Theme::System, Theme::Light, Theme::Dark] {
            assert_eq!(Theme::from_id(theme.id()), theme);
        }
        assert_eq!(Theme::from_id("purple"), Theme::System);
    }
}
