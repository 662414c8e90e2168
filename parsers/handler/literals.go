package handler

import (
	"strings"

	"lintel/internal/model"
	"lintel/parsers/handler/code"
)

// account reads a string that is an ARN, or the URL of a queue, with the ID of an account.
func (u *unit) account(s *code.Statement, e *code.Expr) {
	id := accountIn(e.Text)
	if id == "" || !u.isEntered(s) {
		return
	}
	at := u.at(e.Range)
	u.f.accounts = append(u.f.accounts, model.SourceAccount{Block: model.NewBlock(at), ID: model.Known(id, at)})
}

// accountIn returns the ID of the account in arn:aws:SERVICE:REGION:ACCOUNT:… or https://sqs.REGION.amazonaws.com/ACCOUNT/…; ""
// if there is none.
func accountIn(text string) string {
	const (
		digits  = 12
		account = 4 // the part of an ARN
		after   = 5
	)
	id := ""
	switch {
	case strings.HasPrefix(text, "arn:aws"):
		if parts := strings.SplitN(text, ":", after+1); len(parts) > after {
			id = parts[account]
		}
	case strings.HasPrefix(text, "https://sqs."):
		_, rest, _ := strings.Cut(text, ".amazonaws.com/")
		id, _, _ = strings.Cut(rest, "/")
	}
	if len(id) != digits || strings.Trim(id, "0123456789") != "" {
		return ""
	}
	return id
}

// region returns the region that the arguments of a client contain as a literal.
func (u *unit) region(e *code.Expr) model.Value[string] {
	region := argument(e, "region_name", 1)
	if u.code.Language != code.Python {
		region = nil
		if options := argument(e, "", 0); options != nil && options.Kind == code.Map {
			for i, key := range options.Keys {
				if key == "region" && i < len(options.Items) {
					region = options.Items[i]
				}
			}
		}
	}
	if region == nil || region.Kind != code.String {
		return model.Absent[string](u.at(e.Range))
	}
	return model.Known(region.Text, u.at(region.Range))
}
