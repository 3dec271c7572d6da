-- After migrations, by assent_owner: what the login of API and worker may become, one at a time. May be repeated.
GRANT assent_gate, assent_business, assent_person, assent_admin, assent_engine, assent_eraser, assent_rekeyer TO assent_app;
