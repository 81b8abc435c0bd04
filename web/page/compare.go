package page

// SideNow stands in an address for the assessment as it is now, which is not stored.
const SideNow = "now"
