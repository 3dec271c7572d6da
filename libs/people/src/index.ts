export { PeoplePersonApiModule } from './api/person/people-person-api.module.js';
export { PersonViewer } from './domain/person-viewer.js';
export { PeopleModule } from './people.module.js';
export { AuthenticatePerson } from './use-cases/authenticate-person.js';
export { PEOPLE_ROWS } from './persistence/rows.js';
