;;; modes.el --- The mode that people install for Terraform  -*- lexical-binding: t; -*-

;; terraform-mode is not in Debian.  Of it the test needs its name and which files it is for.
(define-derived-mode terraform-mode prog-mode "Terraform")
(add-to-list 'auto-mode-alist '("\\.tf\\'" . terraform-mode))
