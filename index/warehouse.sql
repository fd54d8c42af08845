-- The warehouse's tables. The wide views, one a kind, are made from kinds.yaml by index/warehouse.py.
CREATE TABLE documents (
    document_id VARCHAR PRIMARY KEY, title VARCHAR, unit_name VARCHAR, unit_code VARCHAR, region VARCHAR,
    year INTEGER, document_type VARCHAR, unit_level VARCHAR, file VARCHAR, sha256 VARCHAR);
COMMENT ON TABLE documents IS '文件：一行一份预算或决算';
CREATE TABLE tables (
    table_id VARCHAR PRIMARY KEY, document_id VARCHAR, position INTEGER, table_no VARCHAR, title VARCHAR,
    kind VARCHAR, confidence DOUBLE, unit VARCHAR, state VARCHAR, note VARCHAR, subject VARCHAR,
    section VARCHAR[], page_first INTEGER, page_last INTEGER, line INTEGER,
    header_rows INTEGER, grid JSON);
COMMENT ON TABLE tables IS '表：编号、标题、种类、单位、状态（figures 有数据｜empty 空表｜declared_empty 声明无此项）和原样网格';
CREATE TABLE figures (
    figure_id VARCHAR PRIMARY KEY, row_id VARCHAR, table_id VARCHAR, document_id VARCHAR, kind VARCHAR,
    row_no INTEGER, side VARCHAR, row_label VARCHAR, printed_label VARCHAR, code VARCHAR, code_system VARCHAR,
    level INTEGER, parent_row_id VARCHAR, is_leaf BOOLEAN, is_total BOOLEAN, subordinate_unit VARCHAR, page INTEGER,
    column_no INTEGER, column_path VARCHAR, measure VARCHAR, printed VARCHAR, unit VARCHAR, value_type VARCHAR,
    number DECIMAL(28, 6), amount_yuan DECIMAL(28, 6));
COMMENT ON TABLE figures IS '数据格：一行一个单元格，每条引用的归宿';
CREATE TABLE paragraphs (
    paragraph_id VARCHAR PRIMARY KEY, document_id VARCHAR, position INTEGER, section VARCHAR[], text VARCHAR,
    role VARCHAR, subject VARCHAR, page INTEGER, line INTEGER);
COMMENT ON TABLE paragraphs IS '段落：所在标题路径、正文、性质（duty 职责｜definition 名词解释｜heading｜contents｜plain）和主语';
CREATE TABLE statements (
    statement_id VARCHAR PRIMARY KEY, document_id VARCHAR, paragraph_id VARCHAR, subject VARCHAR,
    amount_yuan DECIMAL(28, 6), earlier_yuan DECIMAL(28, 6), earlier_basis VARCHAR, change_yuan DECIMAL(28, 6),
    percent DECIMAL(18, 6), share_percent DECIMAL(18, 6), number DECIMAL(28, 6), number_unit VARCHAR,
    reason VARCHAR, sentence VARCHAR);
COMMENT ON TABLE statements IS '正文里的数：事项、金额、上年数、增减额、增减率、占比、数量、原因，附原句';
CREATE TABLE findings (
    finding_id VARCHAR PRIMARY KEY, document_id VARCHAR, check_name VARCHAR, result VARCHAR, difference DECIMAL(28, 6),
    is_rounding BOOLEAN, message VARCHAR, figure_ids VARCHAR[], statement_ids VARCHAR[]);
COMMENT ON TABLE findings IS '勾稽结果：holds 相符｜differs 不符｜not_checkable 无从核对，附所读的数据格和正文';
CREATE TABLE chunks (
    chunk_id VARCHAR PRIMARY KEY, document_id VARCHAR, section VARCHAR[], text VARCHAR, paragraph_ids VARCHAR[],
    vector FLOAT[]);
COMMENT ON TABLE chunks IS '检索片段：正文与向量，向量库可由此重建';
