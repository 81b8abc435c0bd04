package page

// NewestSnapshot stands in an address for the newest snapshot of an assessment.
const NewestSnapshot = "latest"
