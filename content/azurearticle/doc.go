// Package azurearticle reads an article of the Azure Well-Architected Framework (Markdown) as a questionnaire of drafts.
//
// A heading that is a pillar's name makes a pillar; an article about one pillar makes that one. A row of a table of
// principles or recommendations becomes a principle with one question, and each sentence or bullet of it a practice: of
// its considerations where the row begins with a principle, of the recommendation itself where it begins with one. A
// tradeoff callout becomes a draft tradeoff; its sides name pillars only where the callout, or the heading "A tradeoffs
// with B" above it, names two. Under such a heading the callout's bullets are practices of B, each with a signal of its
// own.
//
// Everything else of the article is text of the summaries or a loss with its place.
package azurearticle
