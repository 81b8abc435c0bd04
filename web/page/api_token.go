package page

// TokenPrefix begins every API token, so that people and scanners of code know one when they see it.
const TokenPrefix = "plb_"
