// Package words is the vocabulary of the product: what people call a status, a level, a decision, a role, an action, a
// day or a number. Pages, PDF, Markdown, the command line and the API take their words from here, so that one thing has
// one name everywhere. It knows nothing of layout, colour or the medium.
package words
