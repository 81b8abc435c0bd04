package words

// What pages and reports say where there is nothing to show.
const (
	NoTradeoffs    = "This questionnaire has no tradeoffs."
	NothingMissing = "No findings among the practices answered so far." // every practice that was answered is adopted
	NothingToPlan  = "All applicable practices are adopted. There is nothing left to plan."
)
