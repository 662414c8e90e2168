;;; test.el --- Drives eglot like a user who edits a template  -*- lexical-binding: t; -*-

;; The configuration of docs/editors.md is loaded before this.  The environment names the list of cases
;; (LINTEL_CASES, JSON) and the directory with their templates (LINTEL_TEMPLATES).  The working directory
;; must be writable.

(require 'eglot)
(require 'flymake)
(require 'json)
(require 'cl-lib)

(defvar patience 20 "Timeout of a wait in seconds.")

(defun fail (format &rest args)
  (message "emacs: %s" (apply #'format format args))
  (dolist (buffer (buffer-list))
    (when (string-match-p "EGLOT.*\\(events\\|stderr\\)" (buffer-name buffer))
      (message "%s:\n%s" (buffer-name buffer) (with-current-buffer buffer (buffer-string)))))
  (kill-emacs 1))

(defmacro await (what condition)
  `(let ((end (+ (float-time) patience)))
     (while (not ,condition)
       (when (> (float-time) end) (fail "timeout: %s" ,what))
       (accept-process-output nil 0.02))))

(defun of (case key) (alist-get key case))

(defun open-template (file)
  "Open FILE with a server, like `eglot-ensure' after the command that opened it."
  (find-file file)
  (run-hooks 'post-command-hook)
  (await "eglot" (eglot-managed-p))
  (flymake-start nil t)
  (current-buffer))

(defun expect-finding (case)
  "Wait for the findings of CASE, compare the text of the first, and return it."
  (await "findings" (flymake-diagnostics))
  (let* ((all (sort (flymake-diagnostics) (lambda (a b) (< (flymake-diagnostic-beg a) (flymake-diagnostic-beg b)))))
         (texts (mapcar #'flymake-diagnostic-text all))
         (it (car all))
         (under (buffer-substring-no-properties (flymake-diagnostic-beg it) (flymake-diagnostic-end it))))
    (unless (and (= (length all) (or (of case 'findings) 1))
                 (cl-every (lambda (text) (string-match-p (of case 'rule) text)) texts))
      (fail "want %d of %s, got %S" (or (of case 'findings) 1) (of case 'rule) texts))
    (unless (equal under (of case 'under))
      (fail "%S is underlined, not %S" under (of case 'under)))
    it))

(defun choose (case)
  "Choose an action like a user."
  (let ((last-nonmenu-event t) ; asked in the minibuffer, not with a menu
        (before (buffer-string)))
    (cl-letf (((symbol-function 'completing-read)
               (lambda (_ actions &rest _)
                 (or (car (cl-find-if (lambda (it) (string-search (of case 'action) (car it))) actions))
                     (fail "%S is not offered, but %S is" (of case 'action) (mapcar #'car actions))))))
      (if (of case 'kind)
          (eglot-code-actions (point-min) (point-max) (of case 'kind) t)
        (call-interactively #'eglot-code-actions)))
    (await "an edit" (not (equal before (buffer-string))))))

(defun act (case)
  (open-template (of case 'file))
  (goto-char (flymake-diagnostic-beg (expect-finding case)))
  (choose case)
  (save-buffer)
  (await "nothing to be found after the action" (null (flymake-diagnostics))))

(defun edit-other (case)
  (let ((buffer (open-template (of case 'file)))
        (edit (of case 'edit)))
    (expect-finding case)
    (open-template (of edit 'file))
    (goto-char (point-min))
    (search-forward (of edit 'replace))
    (replace-match (of edit 'with) t t)
    (save-buffer)
    (set-buffer buffer)
    (await "nothing to be found after the other file was saved" (null (flymake-diagnostics)))))

(defun agree (folder)
  "Check that the command line reports no findings in the saved files."
  (with-temp-buffer
    (unless (eq 0 (call-process "lintel" nil t nil "check" folder))
      (fail "lintel check reports for the saved files: %s" (buffer-string)))))

(defun run (case)
  (let* ((default-directory default-directory)
         (folder (expand-file-name (of case 'folder))))
    (when (file-exists-p folder) (delete-directory folder t))
    (copy-directory (expand-file-name (of case 'folder) (getenv "LINTEL_TEMPLATES")) folder)
    (setq default-directory (file-name-as-directory folder))
    (if (of case 'edit) (edit-other case) (act case))
    (agree folder)
    (let ((server (eglot-current-server)))
      (eglot-shutdown server)
      (when (jsonrpc-running-p server) (fail "the server did not end")))
    (mapc #'kill-buffer (cl-remove-if-not #'buffer-file-name (buffer-list)))
    (message "emacs: %s" (of case 'name))))

(setq make-backup-files nil
      create-lockfiles nil)

(condition-case err
    (let ((cases (json-read-file (getenv "LINTEL_CASES"))))
      (when (seq-empty-p cases) (fail "there are no cases"))
      (mapc #'run cases))
  (error (fail "%S" err)))
